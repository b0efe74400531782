import type { Fault } from './fault'
import type { AssetId, MessageId, ObservationId, RunId, SessionId, SourceId } from './ids'
import type { Receipt } from './receipt'
import type { RunStatus } from './run-status'

/** A reasoning detail exactly as the provider sent it; stored and sent back unchanged (API reference 2.5). */
export type ReasoningDetail = { readonly [key: string]: unknown }

/** The journal-safe projection of an asset (contract 1, attachment ref). */
export interface AssetRef {
  readonly asset_id: AssetId
  readonly media_type: string
  readonly file_name: string
  readonly byte_length: number
  /** Of the stored bytes. */
  readonly sha256?: string
  /** Pixels, pictures only. */
  readonly width?: number
  readonly height?: number
  readonly duration_ms?: number
  /** Bytes of the derived text, where there is one. */
  readonly text_byte_length?: number
}

/** `waiting`: for somebody's approval. A call whose outcome nobody knows is `failed`, and its facts say so. */
export type ToolCallState = 'building' | 'waiting' | 'running' | 'done' | 'failed'

/** What is known of a tool call besides what went in and came out. */
export interface ToolFacts {
  /** Of the effect, without the wait for an approval. */
  readonly started_at_ms?: number
  readonly duration_ms?: number
  /** Tools that ask a provider. */
  readonly route_id?: string
  readonly model?: string
  /** US dollars, as reported. */
  readonly cost_usd?: number
  /** What it made and the library keeps, shown or not (contract 9.5). */
  readonly assets?: readonly AssetRef[]
  /** Edits of a region, one for each picture (experience 7). */
  readonly proofs?: readonly RegionProof[]
  /**
   * `stopped`: by a person or a shutdown. Left by a daemon that ended meanwhile: never sent, or sent without a known end.
   * It is not repeated.
   */
  readonly outcome?: 'stopped' | 'not_dispatched' | 'unknown'
  readonly denied?: true
}

/** What composing a region left alone, counted pixel by pixel after the picture was encoded. */
export interface RegionProof {
  readonly asset_id: AssetId
  readonly width: number
  readonly height: number
  /** Pixels that the feathered mask does not touch, and how many of them differ from the source: none. */
  readonly outside_pixels: number
  readonly outside_changed: number
  /** Pixels of the source. */
  readonly feather_px: number
}

/** An ordered piece of a message. `emitted`: shown by `emit_output`, not said by the model itself. */
export type Part =
  | { readonly kind: 'text'; readonly text: string; readonly emitted?: true }
  | { readonly kind: 'reasoning'; readonly text: string; readonly details: readonly ReasoningDetail[] }
  | {
      readonly kind: 'tool_call'
      readonly call_id: string
      readonly name: string
      readonly arguments: string
      readonly state: ToolCallState
      readonly output?: string
      readonly facts?: ToolFacts
      /** Asked for by a person, not by a model: models hear of it in words. */
      readonly direct?: true
      /** Which request to the model asked for it; absent: the first of its answer. */
      readonly turn?: number
    }
  | { readonly kind: 'attachment'; readonly asset: AssetRef; readonly emitted?: true }
  /** A capture that the run was given as evidence (contract 11.4); models get it framed as untrusted. */
  | {
      readonly kind: 'observed'
      readonly observation_id: ObservationId
      readonly source_id: SourceId
      readonly source_kind: 'microphone_segment' | 'screen_snapshot' | 'webcam_snapshot'
      readonly asset: AssetRef
      /** The uploader's text. Without it: what the asset's own text says. */
      readonly text_asset_id?: AssetId
      readonly captured_at_ms: number
      readonly stream_id?: string
      readonly seq_no?: number
      readonly metadata?: { readonly [key: string]: unknown }
      /** The bytes travel too (`raw_asset_policy`). */
      readonly with_raw?: true
    }

export type Role = 'user' | 'assistant'

export interface SpokenRef {
  readonly asset: AssetRef
  readonly model: string
  readonly voice: string
  /** From 1. */
  readonly part: number
  readonly parts: number
}

/** One node of a session's tree. The conversation shown is the path from the root to the session's head. */
export interface Message {
  readonly message_id: MessageId
  readonly session_id: SessionId
  readonly parent_id: MessageId | null
  readonly role: Role
  readonly parts: readonly Part[]
  readonly created_at_ms: number
  /** The run that this message started (user) or came from (assistant). */
  readonly run_id: RunId | null
  /** Number of the last delta folded into `parts`; 0 for a user's message. */
  readonly seen: number
  /** Sibling ids in the order they were made, this message among them: the versions ‹ 2/3 ›. */
  readonly versions: readonly MessageId[]
  /** Assistant messages only. */
  readonly status?: RunStatus
  readonly receipt?: Receipt
  readonly fault?: Fault
  /** What was read aloud of it, newest last; `part` of `parts` where one recording was too long. */
  readonly spoken?: readonly SpokenRef[]
}
