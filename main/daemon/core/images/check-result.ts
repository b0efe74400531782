import { readJpegHeader, readPngHeader } from '../media-types/picture-header'
import { largestEdge } from './sizes'

const starts = (bytes: Uint8Array, ...what: readonly number[]) => what.every((byte, at) => bytes[at] === byte)

/**
 * What came back, by its first bytes: the media type of a picture that may be kept, else why it isn't (contract 9.2:
 * PNG and JPEG with edges up to 4,096). Whether it can be decoded shows at the import.
 */
export function checkResult(
  bytes: Uint8Array,
): { readonly media_type: 'image/png' | 'image/jpeg' } | { readonly refused: string } {
  try {
    if (starts(bytes, 0x89, 0x50, 0x4e, 0x47)) return fits(readPngHeader(bytes), 'image/png')
    if (starts(bytes, 0xff, 0xd8, 0xff)) return fits(readJpegHeader(bytes), 'image/jpeg')
  } catch {
    return { refused: 'a broken picture' }
  }
  const text = String.fromCharCode(...bytes.subarray(0, 12))
  if (text.startsWith('RIFF') && text.endsWith('WEBP')) return { refused: 'a WebP picture' }
  if (text.startsWith('GIF8')) return { refused: 'a GIF picture' }
  return { refused: text.startsWith('<') ? 'an SVG picture' : 'something that is no PNG or JPEG picture' }
}

function fits<T extends string>({ width, height }: { width: number; height: number }, media_type: T) {
  if (width < 1 || height < 1) return { refused: 'a picture without pixels' }
  return Math.max(width, height) <= largestEdge
    ? { media_type }
    : { refused: `a picture of ${String(width)} × ${String(height)} pixels` }
}
