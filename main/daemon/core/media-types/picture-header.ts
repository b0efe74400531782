import { ascii, at, viewOf } from './read-bytes'
import { invalid, must } from './refuse'
import type { PictureSize } from './limits'

const samplesOfColour: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }

/** Checks: `png_signature`, `png_header`. */
export function readPngHeader(bytes: Uint8Array): PictureSize {
  must(
    ascii(bytes, 0, 8) === '\x89PNG\r\n\x1a\n',
    'png_signature',
    'This is not a PNG picture: it does not begin like one',
  )
  must(
    bytes.length >= 33 && viewOf(bytes).getUint32(8) === 13 && ascii(bytes, 12, 4) === 'IHDR',
    'png_header',
    'The header of this PNG picture is broken',
  )
  const view = viewOf(bytes)
  const samples = samplesOfColour[at(bytes, 25)]
  must(samples !== undefined, 'png_header', 'The header of this PNG picture is broken')
  const bytes_per_pixel = at(bytes, 24) === 16 ? Math.max(4, samples * 2) : 4
  return { width: view.getUint32(16), height: view.getUint32(20), bytes_per_pixel }
}

/** Checks: `jpeg_start`, `jpeg_header`. Sizes are as stored, before the orientation. */
export function readJpegHeader(bytes: Uint8Array): PictureSize {
  for (const { marker, from, to } of jpegSegments(bytes)) {
    must(marker !== startOfScan, 'jpeg_header', 'This JPEG picture begins without saying its size')
    if (!isFrame(marker)) continue
    must(to - from >= 6, 'jpeg_header', 'The header of this JPEG picture is broken')
    const view = viewOf(bytes)
    return { width: view.getUint16(from + 3), height: view.getUint16(from + 1) }
  }
  throw invalid('jpeg_header', 'This JPEG picture ends before its size is said')
}

/** The decoder takes pictures that are cut short without a word. Check: `jpeg_end`. */
export function checkJpegEnd(bytes: Uint8Array): void {
  let hasScan = false
  for (const { marker } of jpegSegments(bytes)) {
    if (marker === startOfScan) hasScan = true
    if (marker === endOfImage && hasScan) return
  }
  throw invalid('jpeg_end', 'This JPEG picture is cut short')
}

/** Whether it says more than its pixels and their colours: a place, an orientation, words. */
export function hasJpegNotes(bytes: Uint8Array): boolean {
  for (const { marker } of jpegSegments(bytes)) {
    // JFIF, profiles and Adobe's mark say how to read it.
    const isNote =
      marker === 0xfe || (marker >= 0xe0 && marker <= 0xef && ![0xe0, 0xe2, 0xee].includes(marker))
    if (isNote) return true
    if (marker === startOfScan) return false
  }
  return false
}

const startOfScan = 0xda
const endOfImage = 0xd9

const isFrame = (marker: number) =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc

interface Segment {
  readonly marker: number
  readonly from: number
  readonly to: number
}

/** From the start of the image to its end or to where it breaks off. What a scan holds is passed over. */
function* jpegSegments(bytes: Uint8Array): Generator<Segment> {
  must(
    at(bytes, 0) === 0xff && at(bytes, 1) === 0xd8,
    'jpeg_start',
    'This is not a JPEG picture: it does not begin like one',
  )
  const view = viewOf(bytes)
  let place = 2
  for (;;) {
    place = bytes.indexOf(0xff, place)
    if (place < 0) return
    const marker = at(bytes, ++place)
    // Filling bytes, bytes of a scan, restart marks: nothing with a length of its own.
    if (marker <= 0x01 || marker === 0xff || (marker >= 0xd0 && marker <= 0xd8)) continue
    if (marker === endOfImage) {
      yield { marker, from: place + 1, to: place + 1 }
      return
    }
    if (place + 3 > bytes.length) return
    const to = place + 1 + view.getUint16(place + 1)
    if (to > bytes.length) return
    yield { marker, from: place + 3, to }
    place = to
  }
}
