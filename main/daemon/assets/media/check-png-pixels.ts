import { pipeline } from 'node:stream/promises'
import { createInflate } from 'node:zlib'
import { pngPixels } from '../../core/media-types/png-pixels'
import { invalid } from '../../core/media-types/refuse'

/**
 * Unpacks the pixels of a PNG, piece by piece, and forgets them: the decoder leaves blank what it can't unpack, without
 * a word. Check: `png_pixels`.
 */
export async function checkPngPixels(bytes: Uint8Array): Promise<void> {
  const { packed, most } = pngPixels(bytes)
  const enough = new Error('more than the pixels need')
  try {
    await pipeline(
      packed,
      createInflate({ chunkSize: 256 * 1024 }),
      async (pieces: AsyncIterable<Buffer>) => {
        let length = 0
        for await (const { length: more } of pieces) if ((length += more) > most) throw enough
      },
    )
  } catch (cause) {
    if (cause === enough) return
    throw invalid('png_pixels', 'This PNG picture is damaged: its pixels are cut short or altered', { cause })
  }
}
