import type { ImageOptions, ImageOrder } from '@contract/image-order'
import type { ImageModelView } from '@contract/images'
import { nearestShape } from '../../core/images/sizes'
import { regionShape, regionWords } from '../../core/images/region-shape'
import type { Box } from '../../ports/media'
import type { PictureBytes, Regions } from '../../ports/regions'
import type { Wanted } from './ask-route'
import type { ImagePorts } from './image-ports'
import type { Source } from './read-sources'

export type PreparedRegion = Awaited<ReturnType<Regions['prepare']>> & { readonly feather_px: number }

/** Faults as of `Regions.prepare`, `asset_not_found` for the mask. */
export async function prepareRegion(
  { contents, regions }: Pick<ImagePorts, 'contents' | 'regions'>,
  { source_asset_ids: [source], mask_asset_id, feather_px = 0 }: ImageOrder,
  signal: AbortSignal,
): Promise<PreparedRegion | undefined> {
  if (mask_asset_id === undefined || source === undefined) return undefined
  const mask = await contents.bytes(mask_asset_id)
  return { ...(await regions.prepare(source, mask, feather_px, signal)), feather_px }
}

/** What a model is shown and told, and which part of the source its answer is about. */
export function wantedOf(
  order: ImageOrder,
  sources: readonly Source[],
  region: PreparedRegion | undefined,
  entry: ImageModelView | undefined,
): Omit<Wanted, 'count'> & { readonly box?: Box } {
  const { prompt, size, options } = order
  const pictures = sources.map(({ bytes, media_type }): PictureBytes => ({ bytes, media_type }))
  if (!region) {
    return {
      prompt,
      references: pictures,
      ...(size === undefined ? {} : { size }),
      ...(options ? { options } : {}),
    }
  }
  const [source, ...others] = pictures
  const { crop, crop_box: box, marked } = region
  // What comes back is fitted into its place, so its shape is the region's, whatever size was wished for.
  const shaped = (area: { readonly width: number; readonly height: number }) => shapeFor(area, options, entry)
  if (regionShape(box, region) === 'crop') {
    return { prompt: `${prompt}\n\n${regionWords.crop}`, references: [crop, ...others], ...shaped(box), box }
  }
  const takesMore = (entry?.most_references ?? Infinity) >= 2
  return {
    prompt: takesMore ? `${prompt}\n\n${regionWords.marked}` : prompt,
    references: [...(source ? [source] : []), ...(takesMore ? [marked] : []), ...others],
    ...shaped(region),
  }
}

function shapeFor(
  { width, height }: { readonly width: number; readonly height: number },
  options: ImageOptions | undefined,
  entry: ImageModelView | undefined,
): { readonly options?: ImageOptions } {
  const shapes = entry?.parameters['aspect_ratio']
  const aspect_ratio = shapes?.type === 'enum' ? nearestShape(width, height, shapes.values) : undefined
  const { aspect_ratio: _, ...rest } = options ?? {}
  const shaped = { ...rest, ...(aspect_ratio === undefined ? {} : { aspect_ratio }) }
  return Object.keys(shaped).length === 0 ? {} : { options: shaped }
}
