import { crc32 } from 'node:zlib'
import { checkKept } from '../../core/media-types/check-kept'
import { checkPictureSize } from '../../core/media-types/limits'
import { checkPictureEnd } from '../../core/media-types/picture-end'
import { checkPngPixels } from './check-png-pixels'
import { readPictureSize } from './read-picture-size'
import type { Given, Taken } from './taken'

/**
 * A picture as it is kept (contract 7.4): upright, without metadata, in sRGB, as PNG or JPEG. The header is looked at
 * first, and no decoder is loaded for a picture that is too large or cut short. One that is all that already, and that
 * the daemon made itself, may stay byte for byte.
 */
export async function takePicture(given: Given): Promise<Taken> {
  const { type, bytes } = given
  const size = await readPictureSize(type, bytes)
  checkPictureSize(size)
  checkPictureEnd(type, bytes, (named, sum) => crc32(named) === sum)
  if (given.keeps_bytes) checkKept(type, bytes, size)
  const take = given.keeps_bytes
    ? (await import('./keep-picture')).keepPicture
    : (await import('./normalise-picture')).normalisePicture
  const sound = type === 'image/png' ? checkPngPixels(bytes) : Promise.resolve()
  // Heard when the decoder is done with it: the next file must not find it at work.
  sound.catch(() => undefined)
  const taken = await take(given)
  await sound
  return taken
}
