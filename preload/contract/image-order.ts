import { z } from 'zod'
import type { AssetId } from './ids'

/** What a model's descriptors allow beyond the size (API reference 3.2); what a model does not know is not sent. */
export const ImageOptions = z.strictObject({
  aspect_ratio: z.string().max(16).optional(),
  /** `512`, `1K`, `2K`, `4K`. */
  resolution: z.string().max(16).optional(),
  quality: z.string().max(16).optional(),
  background: z.string().max(16).optional(),
  output_format: z.string().max(16).optional(),
  seed: z.int().optional(),
})
export type ImageOptions = z.infer<typeof ImageOptions>

/** Pictures in one order, and letters of what is asked (contract 9.2). */
export const mostPictures = 4
export const longestPrompt = 8_000
/** Pictures an edit is made from: the first is the one that is edited (contract 9.3). */
export const mostSources = 8

/** An order as it is pinned in its run. */
export interface ImageOrder {
  readonly operation: 'generate' | 'edit'
  readonly prompt: string
  readonly count: number
  /** As of contract 9.2, for instance `1536x1024` or `square`. */
  readonly size?: string
  readonly options?: ImageOptions
  readonly source_asset_ids: readonly AssetId[]
  /** A route that was named: no other is tried (contract 9.1). */
  readonly provider?: string
  /** A model that was named, asked on every route. */
  readonly model?: string
  /** White where the picture may change. */
  readonly mask_asset_id?: AssetId
  /** Pixels of the source. */
  readonly feather_px?: number
}
