import { promisify } from 'node:util'
import { inflate } from 'node:zlib'
import { invalid } from '../../core/media-types/refuse'
import type { Pixels } from '../../core/regions/box'
import { plainPng, toPixels } from '../../core/regions/plain-png'
import { packedLength, unpacked } from '../../core/regions/png-lines'

const unpack = promisify(inflate)

/**
 * The pixels of a PNG as they were written, not premultiplied; undefined for one that has to be converted (16 bits,
 * profiles, interlaced), which the picture library does. Its header and its parts are sound. Check: `png_pixels`.
 */
export async function decodePlainPng(bytes: Uint8Array): Promise<Pixels | undefined> {
  const png = plainPng(bytes)
  if (!png) return undefined
  const length = packedLength(png)
  const [first, ...others] = png.packed
  const packed = first && others.length === 0 ? first : Buffer.concat(png.packed)
  try {
    const lines = await unpack(packed, {
      maxOutputLength: length,
      chunkSize: Math.min(Math.max(length, 1_024), 4 * 1024 * 1024),
    })
    const pixels = lines.length < length ? undefined : unpacked(lines, png)
    if (!pixels) throw damaged()
    return toPixels(png, pixels)
  } catch (cause) {
    // More than the pixels need, which belongs to none of them.
    if ((cause as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') return undefined
    throw damaged(cause)
  }
}

const damaged = (cause?: unknown) =>
  invalid('png_pixels', 'This PNG picture is damaged: its pixels are cut short or altered', { cause })
