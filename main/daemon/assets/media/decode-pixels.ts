import { crc32 } from 'node:zlib'
import { createCanvas } from '@napi-rs/canvas'
import { checkPictureSize } from '../../core/media-types/limits'
import { kindOf, nameOf, type AcceptedType } from '../../core/media-types/media-types'
import { checkPictureEnd } from '../../core/media-types/picture-end'
import { unsupported } from '../../core/media-types/refuse'
import type { Pixels } from '../../core/regions/box'
import { checkPngPixels } from './check-png-pixels'
import { decodePicture } from './decode-picture'
import { decodePlainPng } from './decode-plain-png'
import { readPictureSize } from './read-picture-size'
import { readSource } from './read-source'

export interface Decoded extends Pixels {
  readonly type: AcceptedType
}

/**
 * A picture upright, in sRGB, 8 bits a channel, not premultiplied; looked at in the same order as an import. What is
 * stored comes back as it was written. Of other PNGs with something clear the library rounds colours by their alpha.
 * Faults as of `MediaWorker.process`.
 */
export async function decodePixels(source: string, only?: AcceptedType): Promise<Decoded> {
  const { type, bytes } = await readSource({ source, file_name: '', out: '' })
  if (only ? type !== only : kindOf(type) !== 'image')
    throw unsupported(type, only ? `This has to be a ${nameOf(only)} picture.` : 'This is no picture.')
  checkPictureSize(await readPictureSize(type, bytes))
  checkPictureEnd(type, bytes, (named, sum) => crc32(named) === sum)
  if (type === 'image/png') {
    const pixels = await decodePlainPng(bytes)
    if (pixels) return { type, ...pixels }
    await checkPngPixels(bytes)
  }
  const picture = await decodePicture(type, bytes)
  const { width, height } = picture
  checkPictureSize(picture)
  const context = createCanvas(width, height).getContext('2d')
  context.drawImage(picture, 0, 0)
  return { type, width, height, data: context.getImageData(0, 0, width, height).data }
}
