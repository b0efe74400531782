import { ascii, viewOf } from './read-bytes'

/** Bytes at most: four channels of 16 bits. */
const largestPixel = 8

/**
 * The compressed pixels of a PNG whose parts are sound, piece by piece, and how many bytes they unpack to at most: each
 * line with its filter, interlaced ones with up to twice as many lines. What comes after that belongs to no pixel.
 */
export function pngPixels(bytes: Uint8Array): {
  readonly packed: readonly Uint8Array[]
  readonly most: number
} {
  const view = viewOf(bytes)
  const packed: Uint8Array[] = []
  for (let place = 8; place + 12 <= bytes.length; place += 12 + view.getUint32(place)) {
    if (ascii(bytes, place + 4, 4) === 'IDAT')
      packed.push(bytes.subarray(place + 8, place + 8 + view.getUint32(place)))
  }
  const [width, height] = [view.getUint32(16), view.getUint32(20)]
  return { packed, most: height * (width * largestPixel + 2) + 64 }
}
