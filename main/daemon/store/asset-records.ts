import type { AssetKind, AssetOrigin, AssetRow, AssetView, Provenance } from '@contract/assets'
import type { AssetId } from '@contract/ids'
import type { AssetRecord, NewAsset, StoredFile } from '../ports/asset-store'

/** The columns of a list. */
export interface ListedRow {
  readonly asset_id: AssetId
  readonly media_type: string
  readonly file_name: string
  readonly sha256: string
  readonly byte_length: number
  readonly created_at_ms: number
  readonly kind: AssetKind
  readonly origin: AssetOrigin
  readonly is_quarantined: number
  readonly width: number | null
  readonly height: number | null
  readonly duration_ms: number | null
  readonly has_thumbnail: number
}

export interface RecordRow extends ListedRow {
  readonly source_media_type: string
  readonly source_byte_length: number
  readonly added_at_ms: number
  readonly is_part: number
  readonly details: string
}

export interface FileRow extends StoredFile {
  readonly role: 'text' | 'preview' | 'thumbnail'
  readonly is_cut: number
}

export const listedColumns = `a.asset_id, a.media_type, a.file_name, a.sha256, a.byte_length, a.created_at_ms, a.kind, a.origin,
  a.is_quarantined, a.width, a.height, a.duration_ms,
  EXISTS (SELECT 1 FROM asset_file f WHERE f.asset_id = a.asset_id AND f.role = 'thumbnail') AS has_thumbnail`
export const recordColumns = `${listedColumns}, a.source_media_type, a.source_byte_length, a.added_at_ms, a.is_part, a.details`

/** What nobody sorts or searches by. */
type Details = Pick<NewAsset, 'source_width' | 'source_height' | 'sample_rate' | 'channels' | 'pages'>

export const detailsOf = ({ source_width, source_height, sample_rate, channels, pages }: NewAsset): string =>
  JSON.stringify({ source_width, source_height, sample_rate, channels, pages })

export const kindOf = (mediaType: string): AssetKind =>
  mediaType.startsWith('image/') ? 'image' : mediaType.startsWith('audio/') ? 'audio' : 'document'

const origins = {
  image_generation: 'generated',
  image_edit: 'edited',
  image_mask: 'edited',
  audio_generation: 'spoken',
} as const satisfies Record<Provenance['kind'], AssetOrigin>

export const originOf = (provenance: Provenance | undefined): AssetOrigin =>
  provenance ? origins[provenance.kind] : 'imported'

export function toListed(row: ListedRow): AssetRow {
  const { is_quarantined, has_thumbnail, width, height, duration_ms, ...rest } = row
  return {
    ...rest,
    has_thumbnail: has_thumbnail === 1,
    ...(width === null ? {} : { width }),
    ...(height === null ? {} : { height }),
    ...(duration_ms === null ? {} : { duration_ms }),
    ...(is_quarantined === 1 ? { is_quarantined: true } : {}),
  }
}

export function toAssetRecord(
  { source_media_type, source_byte_length, added_at_ms, is_part, details, ...listed }: RecordRow,
  files: readonly FileRow[],
  derivation_ids: readonly string[],
  provenance: readonly Provenance[],
): AssetRecord {
  const { asset_id, sha256, byte_length, media_type } = listed
  const [text, preview, thumbnail] = (['text', 'preview', 'thumbnail'] as const).map((role) =>
    files.find((file) => file.role === role),
  )
  const view: AssetView = {
    ...toListed(listed),
    uri: `asset://raw/${asset_id}`,
    ...(text
      ? {
          text_uri: `asset://text/${asset_id}`,
          text_sha256: text.sha256,
          text_byte_length: text.byte_length,
          ...(text.is_cut === 1 ? { is_text_cut: true } : {}),
        }
      : {}),
    ...(preview
      ? {
          preview_image_uri: `asset://preview/${asset_id}`,
          preview_image_media_type: preview.media_type,
          preview_image_sha256: preview.sha256,
          preview_image_byte_length: preview.byte_length,
        }
      : {}),
    derivation_ids,
    provenance,
    source_media_type,
    source_byte_length,
    ...(JSON.parse(details) as Details),
  }
  return {
    view,
    added_at_ms,
    ...(is_part === 1 ? { is_part: true } : {}),
    raw: { sha256, byte_length, media_type },
    ...(text ? { text: toFile(text) } : {}),
    ...(preview ? { preview: toFile(preview) } : {}),
    ...(thumbnail ? { thumbnail: toFile(thumbnail) } : {}),
  }
}

const toFile = ({ sha256, byte_length, media_type }: FileRow): StoredFile => ({
  sha256,
  byte_length,
  media_type,
})
