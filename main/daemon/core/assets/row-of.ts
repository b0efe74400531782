import type { AssetRow, AssetView } from '@contract/assets'

/** A record as lists have it. */
export function rowOf(view: AssetView): AssetRow {
  const { asset_id, media_type, file_name, sha256, byte_length, created_at_ms, kind, origin } = view
  const { has_thumbnail, width, height, duration_ms, is_quarantined } = view
  return {
    asset_id,
    media_type,
    file_name,
    sha256,
    byte_length,
    created_at_ms,
    kind,
    origin,
    has_thumbnail,
    ...(width === undefined ? {} : { width }),
    ...(height === undefined ? {} : { height }),
    ...(duration_ms === undefined ? {} : { duration_ms }),
    ...(is_quarantined === undefined ? {} : { is_quarantined }),
  }
}
