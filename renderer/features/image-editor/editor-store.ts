import type { AssetRow, AssetView } from '@contract/assets'
import type { PickedFile } from '@contract/bridge'
import type { AnyEvent } from '@contract/events'
import type { Fault } from '@contract/fault'
import type { AssetId, RunId, SessionId } from '@contract/ids'
import type { ImageModelView, ImageVersion } from '@contract/images'
import type { StoreApi } from 'zustand/vanilla'
import type { Job } from './jobs'
import type { MaskShelf } from './mask/mask-shelf'
import type { ModelChoice, OrderSettings } from './order'

/** What belongs to one picture and waits there until somebody comes back to it. Its mask lies on the shelf. */
export interface EditDraft {
  readonly instruction: string
  readonly references: readonly AssetRow[]
  /** Pixels of the picture. */
  readonly feather: number
}

/** What has just happened, for ears and for the line above the orders. */
export interface Told {
  readonly what: 'sent' | 'made' | 'failed' | 'stopped'
  readonly count: number
  /** A change says it again. */
  readonly key: number
}

export interface EditorState {
  readonly phase: 'empty' | 'loading' | 'ready' | 'failed'
  readonly fault: Fault | null
  /** What was last to be opened. */
  readonly wanted: AssetId | null
  /** What is edited. */
  readonly source: AssetView | null
  readonly draft: EditDraft
  readonly settings: OrderSettings
  /** Parents before children; the source is among them. */
  readonly versions: readonly ImageVersion[]
  /** Shown beside the source; null: the source is being worked on. */
  readonly result: AssetId | null
  readonly jobs: readonly Job[]
  readonly models: {
    readonly phase: 'loading' | 'ready' | 'failed'
    readonly list: readonly ImageModelView[]
    readonly fallback: ModelChoice | null
    readonly fault: Fault | null
  }
  /** The chat that orders go to; null: a new one. */
  readonly session: SessionId | null
  readonly isSending: boolean
  /** Of the last order or reference. */
  readonly refusal: Fault | null
  readonly told: Told | null
}

export interface EditorActions {
  readonly masks: MaskShelf
  /** Another picture, or the same one again. `session`: the chat it came from. */
  open(id: AssetId, session?: SessionId | null): Promise<void>
  /** The mask of the picture was changed: it is kept for a page that takes this one's place. */
  keepSoon(): void
  loadModels(): Promise<void>
  /** Changes the draft of the picture that is edited. */
  draw(change: Partial<EditDraft>): void
  settle(change: Partial<OrderSettings>): void
  /** Answers how many found no place with the model in force. */
  addReferences(files: readonly PickedFile[]): Promise<number>
  sendTo(session: SessionId | null): void
  /** Orders what the draft says. */
  apply(): Promise<void>
  stop(run: RunId): Promise<void>
  retry(run: RunId): Promise<void>
  /** A failed order is put away. */
  dismiss(run: RunId): void
  /** A version beside the source; the source itself or null: back to work. */
  show(id: AssetId | null): void
  /** What is shown becomes the source. */
  takeResult(): Promise<void>
  forget(): void
  hear(event: AnyEvent): void
}

export type EditorStore = StoreApi<EditorState> & EditorActions
