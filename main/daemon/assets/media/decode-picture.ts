import { createCanvas, ImageData, loadImage, type Canvas, type Image } from '@napi-rs/canvas'
import { isDisplayP3 } from '../../core/media-types/heif-boxes'
import { nameOf, type AcceptedType } from '../../core/media-types/media-types'
import { invalid, unsupported } from '../../core/media-types/refuse'

/** Upright; drawing it converts its colours to sRGB. Checks: `picture_decode`; fault `unsupported_media_type`. */
export async function decodePicture(type: AcceptedType, bytes: Buffer): Promise<Image | Canvas> {
  if (type === 'image/heic' || type === 'image/heif') return decodeHeic(type, bytes)
  try {
    return await loadImage(bytes)
  } catch (cause) {
    const isUnknown = cause instanceof Error && /unsupported image/i.test(cause.message)
    // What a build of the decoder leaves out, it leaves out for good pictures as well.
    if (isUnknown && type === 'image/avif')
      throw unsupported(
        type,
        `${nameOf(type)} pictures can’t be read here; save it as PNG or JPEG and add that.`,
      )
    throw damaged(type, cause)
  }
}

/** As browsers have it; the library's types leave out the last argument. */
const PixelsOf = ImageData as unknown as new (
  data: Uint8ClampedArray,
  width: number,
  height: number,
  settings: { readonly colorSpace: 'srgb' | 'display-p3' },
) => ImageData

async function decodeHeic(type: AcceptedType, bytes: Buffer): Promise<Canvas> {
  const { default: decode } = await import('heic-decode')
  try {
    const { width, height, data } = await decode({ buffer: bytes })
    const canvas = createCanvas(width, height)
    const pixels = new PixelsOf(new Uint8ClampedArray(data), width, height, {
      colorSpace: isDisplayP3(bytes) ? 'display-p3' : 'srgb',
    })
    canvas.getContext('2d').putImageData(pixels, 0, 0)
    return canvas
  } catch (cause) {
    throw damaged(type, cause)
  }
}

const damaged = (type: AcceptedType, cause: unknown) =>
  invalid('picture_decode', `This ${nameOf(type)} picture is damaged and can’t be shown`, { cause })
