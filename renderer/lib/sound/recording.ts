import type { AssetId } from '@contract/ids'
import type { AssetRef } from '@contract/message'

/** What a player must know of a recording before anything of it is loaded. */
export type Recording = Pick<
  AssetRef,
  'asset_id' | 'file_name' | 'byte_length' | 'duration_ms' | 'text_byte_length'
> & {
  /** Whoever brought it wrote down what is said, in an asset of its own. */
  readonly text_asset_id?: AssetId
  /** What it was made from: its transcript as long as there is no other. */
  readonly words?: string
}

/** Where the window gets its bytes: by ranges, as far as somebody listens. */
export const soundUri = (assetId: string): string => `asset://raw/${assetId}`
