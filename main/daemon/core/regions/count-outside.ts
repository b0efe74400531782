import type { Mask, Pixels } from './box'

/** How many pixels the mask does not touch, and how many of those are not the source's to the last bit. */
export function countOutside(
  source: Pixels,
  other: Pixels,
  mask: Mask,
): { readonly outside_pixels: number; readonly outside_changed: number } {
  const [before, after] = [wordsOf(source), wordsOf(other)]
  let [outside_pixels, outside_changed] = [0, 0]
  for (let place = 0; place < mask.data.length; place += 1) {
    if (mask.data[place] !== 0) continue
    outside_pixels += 1
    if (before[place] !== after[place]) outside_changed += 1
  }
  return { outside_pixels, outside_changed }
}

/** A pixel at a time. */
function wordsOf({ data }: Pixels): Uint32Array {
  const { buffer, byteOffset, length } = byteOffsetFits(data) ? data : data.slice()
  return new Uint32Array(buffer, byteOffset, length / 4)
}

const byteOffsetFits = ({ byteOffset }: Uint8ClampedArray) => byteOffset % 4 === 0
