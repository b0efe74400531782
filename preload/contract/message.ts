import type { Fault } from './fault'
import type { AssetId, MessageId, RunId, SessionId } from './ids'
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

export type ToolCallState = 'building' | 'running' | 'done' | 'failed'

/** An ordered piece of a message. */
export type Part =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'reasoning'; readonly text: string; readonly details: readonly ReasoningDetail[] }
  | {
      readonly kind: 'tool_call'
      readonly call_id: string
      readonly name: string
      readonly arguments: string
      readonly state: ToolCallState
      readonly output?: string
    }
  | { readonly kind: 'attachment'; readonly asset: AssetRef }

export type Role = 'user' | 'assistant'

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
}
