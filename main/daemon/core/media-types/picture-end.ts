import { checkJpegEnd } from './picture-header'
import { ascii, at, viewOf } from './read-bytes'
import type { AcceptedType } from './media-types'
import { invalid, must } from './refuse'

/** One part of a PNG: its name and data, for who can check its sum. */
export type SeePngChunk = (named: Uint8Array, sum: number) => boolean

/**
 * Whether a picture is there to its end: the decoder fills what is missing without a word. `isSound` compares a PNG
 * chunk with its CRC-32. Checks: `png_chunk`, `png_checksum`, `png_end`, `jpeg_end`, `webp_length`, `gif_end`.
 */
export function checkPictureEnd(type: AcceptedType, bytes: Uint8Array, isSound: SeePngChunk): void {
  if (type === 'image/jpeg') checkJpegEnd(bytes)
  else if (type === 'image/png') checkPngEnd(bytes, isSound)
  else if (type === 'image/webp')
    must(
      bytes.length >= 12 && viewOf(bytes).getUint32(4, true) + 8 <= bytes.length,
      'webp_length',
      'This WebP picture is cut short',
    )
  else if (type === 'image/gif') checkGifEnd(bytes)
}

function checkPngEnd(bytes: Uint8Array, isSound: SeePngChunk): void {
  const view = viewOf(bytes)
  let place = 8
  while (place + 12 <= bytes.length) {
    const end = place + 12 + view.getUint32(place)
    must(end <= bytes.length, 'png_chunk', 'This PNG picture is cut short')
    must(
      isSound(bytes.subarray(place + 4, end - 4), view.getUint32(end - 4)),
      'png_checksum',
      'This PNG picture is damaged: a part of it does not match its checksum',
    )
    if (ascii(bytes, place + 4, 4) === 'IEND') return
    place = end
  }
  throw invalid('png_end', 'This PNG picture is cut short')
}

/** Only zeros may follow: some programs fill up to a block. */
function checkGifEnd(bytes: Uint8Array): void {
  let last = bytes.length - 1
  while (last > 0 && at(bytes, last) === 0) last--
  must(at(bytes, last) === 0x3b, 'gif_end', 'This GIF picture is cut short')
}
