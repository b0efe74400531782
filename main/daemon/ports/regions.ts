import type { AssetId } from '@contract/ids'
import type { RegionProof } from '@contract/message'
import type { Box } from './media'

/** A picture to be sent. */
export interface PictureBytes {
  readonly bytes: Uint8Array
  readonly media_type: string
}

/** Marked regions of stored pictures: made ready to be sent, and laid back in (experience 7). */
export interface Regions {
  /**
   * `mask` is a PNG of the source's size, white where it may change. Faults: `asset_not_found`,
   * `unsupported_media_type`, `asset_invalid` (`mask_size`, `mask_empty`, or as of any picture).
   */
  prepare(
    source: AssetId,
    mask: Uint8Array,
    feather_px: number,
    signal: AbortSignal,
  ): Promise<{
    /** The mask as it is kept. */
    readonly mask: PictureBytes
    /** The region with some of what surrounds it. */
    readonly crop: PictureBytes
    readonly crop_box: Box
    /** The whole source with the region marked. */
    readonly marked: PictureBytes
    readonly width: number
    readonly height: number
  }>
  /** `edit` is what a model made of the whole picture, or of `box` alone; any size. */
  compose(
    given: {
      readonly source: AssetId
      readonly mask: Uint8Array
      readonly edit: Uint8Array
      readonly box?: Box
      readonly feather_px: number
    },
    signal: AbortSignal,
  ): Promise<{ readonly composite: PictureBytes; readonly proof: Omit<RegionProof, 'asset_id'> }>
}
