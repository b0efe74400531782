import type { AssetView, Provenance } from '@contract/assets'
import type { AssetRepair } from '@contract/status'
import type { ByteRole } from '@contract/http'
import type { AssetId } from '@contract/ids'

/** What somebody gives to be kept. */
export type ImportSource = {
  readonly file_name: string
  /** As declared; detected when absent (contract 7.2). */
  readonly media_type?: string
  /** Names the import in `import.progress` and `assets.cancelImport`. */
  readonly import_id?: string
  /** What a tool made, and how; added to an asset that is there already. */
  readonly provenance?: Provenance
  /** Stored byte for byte, though larger than what a picture is normalised to; still checked. A composed PNG. */
  readonly keeps_bytes?: true
  /** Part of how something was made, and in no list: a mask. */
  readonly is_part?: true
  /** How it came to be, where it is new. */
  readonly origin?: 'dictated'
  /** Looks at the type that was found, before anything is stored; what it throws the import fails with. */
  readonly check?: (media_type: string) => void
} & (
  | { readonly bytes: Uint8Array }
  /** Read while it comes; the end may never be reached. */
  | { readonly stream: AsyncIterable<Uint8Array> }
  /** Absolute, of this machine; only from whoever sits at it. */
  | { readonly path: string }
)

/** Half open, in bytes. */
export interface ByteRange {
  readonly from: number
  readonly to: number
}

/** Checked bytes of an asset, or of what is derived from it. */
export interface AssetBytes {
  readonly media_type: string
  readonly file_name: string
  readonly sha256: string
  /** Of the whole, whatever the range. */
  readonly byte_length: number
  readonly range: ByteRange
  readonly stream: AsyncIterable<Uint8Array>
}

/** Pictures that are not finished, in memory while their call runs (`asset://partial/<id>`). */
export interface Partials {
  /** Answers the URI; another picture of the same call takes its place. */
  show(call: string, picture: { readonly bytes: Uint8Array; readonly media_type: string }): string
  get(id: string): { readonly bytes: Uint8Array; readonly media_type: string } | undefined
  /** The call is over. */
  drop(call: string): void
}

/** Where bytes go in and out, beside the calls: the window's files, the `asset:` protocol, uploads and downloads. */
export interface AssetDoor {
  /**
   * Faults as of `assets.import`; `folder_refused` for a path; `asset_unreadable` for a path or a stream that can't be
   * read to its end.
   */
  import(source: ImportSource, signal?: AbortSignal): Promise<AssetView>
  /**
   * Length and digest are checked before the first byte is handed out (contract 7.5). A range reaches at most to the
   * end; one that begins behind it throws a `RangeError`. Faults: `asset_not_found` (also a role it does not have),
   * `asset_integrity_mismatch`.
   */
  open(
    id: AssetId,
    role: ByteRole,
    range?: { readonly from: number; readonly to?: number },
  ): Promise<AssetBytes>
  /** Undefined once its call is over. */
  partial(id: string): { readonly bytes: Uint8Array; readonly media_type: string } | undefined
}

/** What the daemon itself reads of its assets, whole. Faults as of `AssetDoor.open`; rejects with the signal's reason. */
export interface AssetContents {
  bytes(id: AssetId, signal?: AbortSignal): Promise<Uint8Array>
  /** Undefined where none is derived. */
  text(id: AssetId, signal?: AbortSignal): Promise<string | undefined>
  /** The first page of a document as a picture; undefined where none is derived. */
  preview(
    id: AssetId,
    signal?: AbortSignal,
  ): Promise<{ readonly media_type: string; readonly bytes: Uint8Array } | undefined>
}

/** What else the calls need of the folder that holds the bytes. */
export interface AssetUpkeep {
  /** Ends the imports of that name that are under way. */
  cancel(import_id: string): void
  /** Removes the files of what was buried, but for those that another asset holds. */
  finishBurials(): Promise<void>
  /** Files of nobody; with `remove` they are gone afterwards. */
  orphans(remove: boolean): Promise<{ readonly files: number; readonly bytes: number }>
  /** Ends every import, then in one turn lets `forget` take the rows and removes the folder. */
  empty(forget: () => Promise<void>): Promise<void>
  /** What the look after the start has found; null while it goes on. */
  repair(): AssetRepair | null
}
