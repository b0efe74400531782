import type { AssetRow, AssetView } from '@contract/assets'
import type { AssetId } from '@contract/ids'

/** For tests: a picture of this id and time. */
export const row = (id: string, at: number, more: Partial<AssetRow> = {}): AssetRow => ({
  asset_id: id as AssetId,
  media_type: 'image/png',
  file_name: `${id}.png`,
  sha256: id.repeat(8),
  byte_length: 1_000,
  created_at_ms: at,
  kind: 'image',
  origin: 'imported',
  has_thumbnail: true,
  ...more,
})

/** For tests: all of it. */
export const view = (id: string, at: number, more: Partial<AssetView> = {}): AssetView => ({
  ...row(id, at),
  uri: `asset://raw/${id}`,
  derivation_ids: [],
  provenance: [],
  source_media_type: 'image/png',
  source_byte_length: 1_000,
  ...more,
})
