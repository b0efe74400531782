import { unsupported, invalid } from '../../core/media-types/refuse'
import { nameOf, type AcceptedType } from '../../core/media-types/media-types'
import type { PictureSize } from '../../core/media-types/limits'
import { readJpegHeader, readPngHeader } from '../../core/media-types/picture-header'
import { detect } from '../../core/media-types/detect'
import { largestExtent } from '../../core/media-types/heif-boxes'

/** From the header alone. Faults: `unsupported_media_type`, `asset_invalid` (also `picture_header`). */
export async function readPictureSize(type: AcceptedType, bytes: Uint8Array): Promise<PictureSize> {
  if (type === 'image/png') return readPngHeader(bytes)
  if (type === 'image/jpeg') return readJpegHeader(bytes)
  if (type === 'image/tiff')
    throw unsupported(type, 'TIFF pictures can’t be read here; save it as PNG or JPEG and add that.')
  const broken = `This is not a ${nameOf(type)} picture, or its header is broken`
  if (detect(bytes.subarray(0, 4_096)) === undefined) throw invalid('picture_header', broken)
  // One container may hold several pictures, and a small one may stand before the one that is decoded.
  if (type === 'image/avif' || type === 'image/heic' || type === 'image/heif') {
    const extent = largestExtent(bytes)
    if (!extent) throw invalid('picture_header', broken)
    return extent
  }
  const { imageSize } = await import('image-size')
  try {
    return imageSize(bytes)
  } catch (cause) {
    throw invalid('picture_header', broken, { cause })
  }
}
