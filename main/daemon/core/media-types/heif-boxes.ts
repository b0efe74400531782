import type { PictureSize } from './limits'
import { ascii, at, viewOf } from './read-bytes'

/** The largest extent that a HEIF or AVIF file says of any picture in it; undefined when it says none. */
export function largestExtent(bytes: Uint8Array): PictureSize | undefined {
  const view = viewOf(bytes)
  let largest: PictureSize | undefined
  for (const place of placesOf(bytes, 'ispe')) {
    if (place + 16 > bytes.length) break
    const size = { width: view.getUint32(place + 8), height: view.getUint32(place + 12) }
    if (!largest || size.width * size.height > largest.width * largest.height) largest = size
  }
  return largest
}

/** Whether its colours are those of Display P3, as telephones write them: the decoder says nothing of it. */
export function isDisplayP3(bytes: Uint8Array): boolean {
  for (const place of placesOf(bytes, 'colr')) {
    const kind = ascii(bytes, place + 4, 4)
    if (kind === 'nclx' && at(bytes, place + 8) === 0 && at(bytes, place + 9) === 12) return true
    // A profile's name is UTF-16 or plain.
    if (
      /^(?:prof|rICC)$/.test(kind) &&
      ascii(bytes, place, 4_096).replaceAll('\0', '').includes('Display P3')
    )
      return true
  }
  return false
}

/** Where a box's name stands; the boxes of interest lie at the front, before the picture's data. */
function* placesOf(bytes: Uint8Array, name: string): Generator<number> {
  const [first = 0, ...rest] = Array.from(name, (each) => each.charCodeAt(0))
  const end = Math.min(bytes.length, 1024 * 1024)
  for (let place = bytes.indexOf(first); place >= 0 && place < end; place = bytes.indexOf(first, place + 1))
    if (rest.every((each, index) => at(bytes, place + 1 + index) === each)) yield place
}
