import type { Box, Mask, Pixels } from './box'

/**
 * The source with `edit`, which covers `box` pixel by pixel, laid over it as far as `mask` lets it. Where the mask is 0
 * the source's four bytes stay, where it is 255 they are the edit's, between the two they are mixed in sRGB, each
 * weighed by its own alpha.
 */
export function layBack(source: Pixels, edit: Pixels, box: Box, mask: Mask): Pixels {
  const data = source.data.slice()
  const over = edit.data
  for (let y = 0; y < box.height; y += 1) {
    let place = (box.y + y) * source.width + box.x
    let from = y * box.width * 4
    for (let x = 0; x < box.width; x += 1, place += 1, from += 4) {
      const share = mask.data[place] as number
      if (share === 0) continue
      const to = place * 4
      if (share === 255) {
        data[to] = over[from] as number
        data[to + 1] = over[from + 1] as number
        data[to + 2] = over[from + 2] as number
        data[to + 3] = over[from + 3] as number
      } else mix(data, to, over, from, share)
    }
  }
  return { width: source.width, height: source.height, data }
}

function mix(
  data: Uint8ClampedArray,
  to: number,
  over: Uint8ClampedArray,
  from: number,
  share: number,
): void {
  const below = (data[to + 3] as number) * (255 - share)
  const above = (over[from + 3] as number) * share
  const both = below + above
  // Nothing is to be seen of either.
  if (both === 0) return
  const half = both >> 1
  for (let channel = 0; channel < 3; channel += 1) {
    const sum = (data[to + channel] as number) * below + (over[from + channel] as number) * above + half
    data[to + channel] = Math.floor(sum / both)
  }
  data[to + 3] = Math.floor((both + 127) / 255)
}

/** A mask that reaches beyond the box that was edited ends there. */
export function within({ width, height, data }: Mask, box: Box): Mask {
  const cut = new Uint8Array(data.length)
  for (let y = box.y; y < box.y + box.height; y += 1) {
    const from = y * width + box.x
    cut.set(data.subarray(from, from + box.width), from)
  }
  return { width, height, data: cut }
}
