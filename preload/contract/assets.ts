import { z } from 'zod'
import { takes } from './define'
import { AssetId, SessionId } from './ids'
import type { RegionProof } from './message'

/** What a library sorts by; from the media type. */
export const assetKinds = ['image', 'audio', 'document'] as const
export type AssetKind = (typeof assetKinds)[number]

export const assetOrders = ['newest', 'oldest'] as const
/** Which comes first in a list. */
export type AssetOrder = (typeof assetOrders)[number]

/** How an asset came to be. `imported`: dropped, pasted, picked, or given with a message. */
export const assetOrigins = ['imported', 'generated', 'edited', 'spoken', 'dictated'] as const
export type AssetOrigin = (typeof assetOrigins)[number]

/** One way in which an asset was made by a tool (contract 7.1). Never the prompt's words. */
export interface Provenance {
  readonly kind: 'image_generation' | 'image_edit' | 'image_mask' | 'audio_generation'
  readonly tool_name: string
  readonly session_id: string
  readonly run_id: string
  readonly tool_call_id: string
  readonly route_id: string
  readonly provider: string
  readonly model: string
  readonly prompt_sha256: string
  readonly source_assets: readonly {
    readonly asset_id: AssetId
    readonly media_type: string
    readonly sha256: string
  }[]
  /** From 1. */
  readonly output_index: number
  readonly output_count: number
  /** An edit of a region: the mask it went through, and what composing left alone. */
  readonly region?: Omit<RegionProof, 'asset_id'> & { readonly mask_asset_id: AssetId }
}

/** An asset as lists have it. */
export interface AssetRow {
  readonly asset_id: AssetId
  /** Of the stored bytes. */
  readonly media_type: string
  readonly file_name: string
  /** Of the stored bytes, hexadecimal. */
  readonly sha256: string
  readonly byte_length: number
  readonly created_at_ms: number
  readonly kind: AssetKind
  readonly origin: AssetOrigin
  /** Whether `asset://thumbnail/<id>` has something to show. */
  readonly has_thumbnail: boolean
  /** Pixels, pictures only. */
  readonly width?: number
  readonly height?: number
  /** Audio only. */
  readonly duration_ms?: number
  /** Set when the stored bytes are missing or altered: nothing of them is handed out. */
  readonly is_quarantined?: true
}

/** Everything known of an asset (contract 7.1). URIs are opaque and hold no path. */
export interface AssetView extends AssetRow {
  /** `asset://raw/<id>` */
  readonly uri: string
  /** `asset://text/<id>` */
  readonly text_uri?: string
  readonly text_sha256?: string
  readonly text_byte_length?: number
  /** The extraction stopped at a limit: the text is the beginning. */
  readonly is_text_cut?: true
  /** `asset://preview/<id>` */
  readonly preview_image_uri?: string
  readonly preview_image_media_type?: string
  readonly preview_image_sha256?: string
  readonly preview_image_byte_length?: number
  readonly derivation_ids: readonly string[]
  readonly provenance: readonly Provenance[]
  /** What was given, before it was normalised. */
  readonly source_media_type: string
  readonly source_byte_length: number
  readonly source_width?: number
  readonly source_height?: number
  /** Pages of a PDF. */
  readonly pages?: number
  /** Hertz. */
  readonly sample_rate?: number
  readonly channels?: number
}

/** Somebody who names an asset (contract 7.6). Hard ones keep it from being deleted. */
export interface AssetReference {
  readonly domain:
    | 'session_message'
    | 'run_input'
    | 'session_draft'
    | 'asset_provenance'
    | 'observation'
    | 'derivation'
    | 'asset_text'
    | 'recording'
  /** Id of the message, run, session or asset. */
  readonly owner_id: string
  readonly role: 'input' | 'output' | 'draft' | 'source' | 'speech' | 'raw' | 'text' | 'subject' | 'result'
  readonly hard: boolean
  /** The session of a message, run or draft. */
  readonly parent_id?: string
  /** Its title, for people; empty while it has none. */
  readonly title?: string
}

export interface AssetReferences {
  readonly asset_id: AssetId
  readonly hard_reference_count: number
  readonly soft_reference_count: number
  readonly references: readonly AssetReference[]
}

/** What deleting it would do, or has done. */
export interface AssetDeletion {
  readonly asset_id: AssetId
  readonly dry_run: boolean
  readonly blocked: boolean
  /** Files that nobody else holds. */
  readonly reclaimable_bytes: number
  readonly files: readonly {
    readonly role: 'raw' | 'text' | 'preview' | 'thumbnail'
    readonly bytes: number
  }[]
  readonly references: readonly AssetReference[]
}

export interface AssetCollection {
  readonly dry_run: boolean
  readonly assets: readonly AssetDeletion[]
  /** Files in the asset folder that belong to no row. */
  readonly orphan_files: number
  readonly orphan_bytes: number
  readonly reclaimable_bytes: number
  /** Assets that something still needs. */
  readonly skipped: number
}

/**
 * A neighbour of an asset. `part`: it is in no list, but what an edit of a region went through: the mask, or the
 * model's own picture before the region was laid back.
 */
export interface AssetNeighbour extends AssetRow {
  readonly part?: 'mask' | 'answer'
}

/** Where an asset comes from and went. */
export interface AssetGraph {
  readonly asset_id: AssetId
  /** What it was made from, nearest first. */
  readonly made_from: readonly AssetNeighbour[]
  /** What was made from it. */
  readonly made_into: readonly AssetNeighbour[]
  /** Messages that hold it, newest first. */
  readonly used_in: readonly {
    readonly session_id: SessionId
    readonly title: string
    readonly message_id: string
    readonly role: 'user' | 'assistant'
    readonly at_ms: number
  }[]
}

/** How far an import is. */
export const importStages = ['waiting', 'reading', 'checking', 'storing'] as const
export type ImportStage = (typeof importStages)[number]

/** Chosen by whoever imports, so that progress and cancelling can name it. */
export const ImportId = z.string().min(1).max(80)

const one = z.strictObject({ asset_id: AssetId })

export const assetCalls = {
  /**
   * Takes bytes into the store (contract 7); larger ones travel better as a body of their own (`http.ts`) or, in the
   * window, as a file (`Bridge.importFile`). Faults: asset_empty, asset_too_large, unsupported_media_type,
   * media_type_mismatch, asset_invalid, inline_asset_invalid, storage_full, import_cancelled.
   */
  'assets.import': takes(() =>
    z.strictObject({
      import_id: ImportId.optional(),
      file_name: z.string().max(1_000),
      media_type: z.string().max(200).optional(),
      content_base64: z.string(),
    }),
  ).returns<AssetView>(),
  /** Ends an import that is under way; one that is not changes nothing. */
  'assets.cancelImport': takes(() => z.strictObject({ import_id: ImportId })).returns<void>(),
  'assets.get': takes(() => one).returns<AssetView>(),
  /** `query` is looked for in id, name, type, digest, derivation ids and text. */
  'assets.list': takes(() =>
    z.strictObject({
      query: z.string().max(500).optional(),
      kind: z.enum(assetKinds).optional(),
      origin: z.enum(assetOrigins).optional(),
      /** Held by a message of this chat. */
      session_id: SessionId.optional(),
      /** Made at or after, and before. */
      from_ms: z.number().optional(),
      to_ms: z.number().optional(),
      /** Default: newest. */
      order: z.enum(assetOrders).optional(),
      limit: z.int().min(1).max(1_000).default(100),
      /** The last row of the page before. */
      before: z.strictObject({ created_at_ms: z.number(), asset_id: AssetId }).optional(),
    }),
  ).returns<{ readonly assets: readonly AssetRow[]; readonly total: number; readonly has_more: boolean }>(),
  /** The derived text, from the beginning. Faults: asset_not_found (also without text), asset_integrity_mismatch. */
  'assets.text': takes(() => one.extend({ limit: z.int().min(1).max(4_000_000).default(200_000) })).returns<{
    readonly text: string
    /** Characters of the whole text were left out, here or at the extraction. */
    readonly is_cut: boolean
  }>(),
  'assets.references': takes(() => one).returns<AssetReferences>(),
  'assets.graph': takes(() => one).returns<AssetGraph>(),
  /** Fault: asset_delete_blocked, unless it is a dry run. */
  'assets.delete': takes(() => one.extend({ dry_run: z.boolean().default(false) })).returns<AssetDeletion>(),
  /** What nothing needs, older than `older_than_ms`, and files of nobody. Shows only, unless told otherwise. */
  'assets.gc': takes(() =>
    z.strictObject({
      dry_run: z.boolean().default(true),
      /** Age; what was just dropped may still be about to be sent. */
      older_than_ms: z.int().min(0).default(86_400_000),
    }),
  ).returns<AssetCollection>(),
}
