import type { AssetView } from './assets'
import type { AnyEvent } from './events'
import type { Answer } from './fault'
import type { CallName } from './names'
import type { SegmentBytes, SoundPiece } from './recordings'

/** A browser's `File`, as far as this page of the contract can say it. */
export interface PickedFile {
  readonly name: string
  readonly type: string
  readonly size: number
}

/** What the preload puts on `window.kheish`: a pipe, not a program. */
export interface Bridge {
  /** `app.opening`, asked before the page's own program is read. */
  readonly opening: Promise<Answer<unknown>>
  ask(name: CallName, input: unknown): Promise<Answer<unknown>>
  /**
   * Takes a file that a person dropped, pasted or picked into the store; the page never names a path. `import_id` is
   * the page's own name for it in `import.progress` and `assets.cancelImport`. Faults as of `assets.import`, and
   * `folder_refused`.
   */
  importFile(file: PickedFile, import_id: string): Promise<Answer<AssetView>>
  /** Sound on its way to the disk: once it is answered, it outlives the app. Faults: recording_not_found, recording_invalid, storage_full. */
  keepSound(piece: SoundPiece): Promise<Answer<null>>
  /** Before `recordings.endSegment`: the segment encoded, in place of its pieces. Faults as of `keepSound`. */
  keepSegment(segment: SegmentBytes): Promise<Answer<null>>
  /** During `dragstart` of an element that shows the asset: the drag goes on as one of the system's, with a file. */
  dragAsset(asset_id: string): void
  /** Returns the undo. Events come in batches, at most one a frame; the first listener hears all since the opening. */
  listen(hear: (events: readonly AnyEvent[]) => void): () => void
  readonly platform: string
}
