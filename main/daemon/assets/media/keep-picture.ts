import { decodePicture } from './decode-picture'
import { drawn, writeThumbnail } from './normalise-picture'
import type { Given, Taken } from './taken'
import { writeMade } from './write-made'

/** A sound picture byte for byte, with its thumbnail; `checkKept` has looked at it. */
export async function keepPicture(given: Given): Promise<Taken> {
  const { type, bytes, out } = given
  const picture = await decodePicture(type, bytes)
  const { width, height } = picture
  const as = type === 'image/png' ? type : 'image/jpeg'
  const [raw, thumbnail] = await Promise.all([
    writeMade(out, as === 'image/png' ? 'raw.png' : 'raw.jpg', as, bytes),
    writeThumbnail(drawn(picture, { width, height }), as, out),
  ])
  return { raw, thumbnail, width, height, source_width: width, source_height: height }
}
