import { must } from '../../core/media-types/refuse'
import type { Box, Mask } from '../../core/regions/box'
import { boundsOf, maskOf } from '../../core/regions/mask-of'
import type { RegionJob } from '../../ports/media'
import { decodePixels, type Decoded } from './decode-pixels'

/** A picture and what of it may change, of one size. Checks: `mask_size`, `mask_empty`, and those of pictures. */
export async function readRegion({ source, mask }: Pick<RegionJob, 'source' | 'mask'>): Promise<{
  readonly picture: Decoded
  readonly mask: Mask
  readonly bounds: Box
}> {
  const [picture, given] = await Promise.all([decodePixels(source), decodePixels(mask, 'image/png')])
  const size = ({ width, height }: Decoded) => `${String(width)} × ${String(height)}`
  must(
    size(given) === size(picture),
    'mask_size',
    `The marked region is ${size(given)} pixels large and the picture ${size(picture)}`,
  )
  const alpha = maskOf(given)
  const bounds = boundsOf(alpha)
  must(bounds !== undefined, 'mask_empty', 'Nothing of the picture is marked')
  return { picture, mask: alpha, bounds }
}
