import type {
  AssetGraph,
  AssetKind,
  AssetOrder,
  AssetOrigin,
  AssetReference,
  AssetRow,
  AssetView,
  Provenance,
} from '@contract/assets'
import type { AssetId, SessionId } from '@contract/ids'
import type { AssetRef } from '@contract/message'

/** A file of an asset, by its digest. */
export interface StoredFile {
  readonly sha256: string
  readonly byte_length: number
  readonly media_type: string
}

/** An asset as it is written down once all its files are published. */
export interface NewAsset {
  readonly asset_id: AssetId
  readonly file_name: string
  readonly created_at_ms: number
  readonly raw: StoredFile
  readonly text?: StoredFile & { readonly is_cut: boolean }
  readonly preview?: StoredFile
  readonly thumbnail?: StoredFile
  readonly source_media_type: string
  readonly source_byte_length: number
  readonly source_width?: number
  readonly source_height?: number
  readonly width?: number
  readonly height?: number
  readonly duration_ms?: number
  readonly sample_rate?: number
  readonly channels?: number
  readonly pages?: number
  readonly provenance?: Provenance
  /** Where nothing else says it. */
  readonly origin?: 'dictated'
  /** The beginning of the text, for searching; not the text itself. */
  readonly search_text?: string
  /** Part of how something else was made: in no list, and not found by searching. */
  readonly is_part?: true
}

/** The record with its files. */
export interface AssetRecord {
  readonly view: AssetView
  /** When somebody last gave these bytes. */
  readonly added_at_ms: number
  readonly is_part?: true
  readonly raw: StoredFile
  readonly text?: StoredFile
  readonly preview?: StoredFile
  readonly thumbnail?: StoredFile
}

export interface AssetQuery {
  readonly query?: string | undefined
  readonly kind?: AssetKind | undefined
  readonly origin?: AssetOrigin | undefined
  readonly session_id?: SessionId | undefined
  readonly from_ms?: number | undefined
  readonly to_ms?: number | undefined
  /** Default: newest. */
  readonly order?: AssetOrder | undefined
  readonly limit: number
  readonly before?: { readonly created_at_ms: number; readonly asset_id: AssetId } | undefined
}

export interface AssetStore {
  get(id: AssetId): AssetRecord | undefined
  /** The journal-safe projection; undefined for an unknown id. */
  ref(id: AssetId): AssetRef | undefined
  /** By the dedup key: media type and digest of the stored bytes (contract 7.1). */
  find(media_type: string, sha256: string): AssetRecord | undefined
  list(query: AssetQuery): {
    readonly assets: readonly AssetRow[]
    readonly total: number
    readonly has_more: boolean
  }
  add(asset: NewAsset): AssetRecord
  /** To a record that is there already. */
  addProvenance(id: AssetId, provenance: Provenance): AssetRecord
  /** Its bytes were given once more. */
  addAgain(id: AssetId, at_ms: number): void
  setQuarantined(id: AssetId, is: boolean): void
  /** A part was given for its own sake: from now on it is in lists and found by its words. */
  setListed(id: AssetId, search_text?: string): void
  /** What was derived anew, in place of what was. */
  setDerived(id: AssetId, derived: Pick<NewAsset, 'text' | 'preview' | 'thumbnail'>): AssetRecord
  references(id: AssetId): readonly AssetReference[]
  graph(id: AssetId): Pick<AssetGraph, 'made_from' | 'made_into' | 'used_in'>
  /**
   * The tombstone first; the row goes in the same transaction, its files afterwards (contract 7.6). Records of what was
   * derived of it go with it, and so do texts that were made of it and that nobody else has. Answers all that went, itself
   * first; nothing of an unknown id.
   */
  bury(id: AssetId, at_ms: number): readonly AssetId[]
  /** As `bury`, if it is a part that nobody holds or is made of it. */
  release(id: AssetId, at_ms: number): readonly AssetId[]
  /** Tombstones whose files are still to be removed, and the note that they are. */
  unfinishedBurials(): readonly { readonly asset_id: AssetId; readonly files: readonly string[] }[]
  finishBurial(id: AssetId): void
  /** Whether some row still holds a digest; with `beside`, some other row. */
  holds(sha256: string, beside?: AssetId): boolean
  /** Everything, in pages, for the look at all files. */
  page(after: AssetId | undefined, limit: number): readonly AssetRecord[]
  /** Made before that, parts and all. */
  older(before_ms: number): number
  /** Last given before that, held hard by nobody, and no part of what is there. */
  unused(before_ms: number, limit: number): readonly AssetId[]
  counts(): { readonly assets: number }
}
