import { z } from 'zod'
import { takes } from './define'
import { AssetId, MessageId, SessionId } from './ids'
import type { AssetRef, Message } from './message'
import type { RunView } from './runs'

export interface SessionView {
  readonly session_id: SessionId
  /** Empty until the first message names it. */
  readonly title: string
  readonly created_at_ms: number
  /** Of the newest message; the order of the list. */
  readonly updated_at_ms: number
  readonly head_message_id: MessageId | null
  /** The session's route policy; absent fields follow the daemon's default. */
  readonly provider?: string
  readonly model?: string
  readonly draft: string
  /** What is attached to the draft, in order; absent when nothing is. */
  readonly draft_attachments?: readonly AssetRef[]
  /** What its newest run is doing, for the side bar. */
  readonly activity: 'idle' | 'running' | 'waiting' | 'failed'
  /** Finished runs that nobody has looked at. */
  readonly unread: boolean
  /** Sum over its runs, US dollars; absent when nothing was reported. */
  readonly cost_usd?: number
}

/** A page of the path from root to head, oldest first. */
export interface Transcript {
  readonly session: SessionView
  readonly messages: readonly Message[]
  readonly has_more: boolean
  /** Runs behind the active one, in order. */
  readonly queued: readonly RunView[]
  readonly active: RunView | null
  /** Live runs of kind `image`, beside the active one. */
  readonly drawing: readonly RunView[]
}

export interface SearchHit {
  readonly session_id: SessionId
  readonly message_id: MessageId | null
  readonly title: string
  readonly at_ms: number
  readonly role: 'user' | 'assistant' | 'title'
  /** An excerpt around the match. */
  readonly excerpt: string
  /** Half-open ranges of `excerpt` (UTF-16 units) that match. */
  readonly marks: readonly (readonly [from: number, to: number])[]
}

/** A record of the session's journal (contract 6.1). */
export interface SessionEvent {
  /** From 1, without gaps. */
  readonly offset: number
  readonly at_ms: number
  readonly kind:
    | 'input_received'
    | 'message_appended'
    | 'approval_resolved'
    | 'tool_call_started'
    | 'tool_call_finished'
    | 'run_ended'
  readonly data: { readonly [field: string]: unknown }
}

/** A picture of an earlier turn that may travel again (contract 8: context media budget). */
export interface ContextMedia {
  readonly asset: AssetRef
  readonly message_id: MessageId
  /** Bytes of the request that it would make up. */
  readonly wire_bytes: number
  /** Estimated, from the model's prices; absent when they are not known. */
  readonly tokens?: number
  readonly cost_usd?: number
}

const one = z.strictObject({ session_id: SessionId })

export const sessionCalls = {
  /** An existing id answers that session (contract 6.1). */
  'sessions.create': takes(() =>
    z.strictObject({ session_id: SessionId.optional(), title: z.string().max(200).optional() }),
  ).returns<SessionView>(),
  'sessions.get': takes(() => one).returns<SessionView>(),
  /** Newest first. `before` is the last row of the page before. */
  'sessions.list': takes(() =>
    z.strictObject({
      limit: z.int().min(1).max(1000).default(100),
      before: z.strictObject({ updated_at_ms: z.number(), session_id: SessionId }).optional(),
    }),
  ).returns<{ readonly sessions: readonly SessionView[]; readonly total: number }>(),
  'sessions.rename': takes(() =>
    one.extend({ title: z.string().trim().min(1).max(200) }),
  ).returns<SessionView>(),
  /** Hidden at once, gone for good after `sessions.restore` can no longer be asked (30 s or the next start). */
  'sessions.delete': takes(() => one).returns<{ readonly restorable_until_ms: number }>(),
  'sessions.restore': takes(() => one).returns<SessionView>(),
  /** Prospective only. Both fields null: back to the daemon's default. */
  'sessions.setRoute': takes(() =>
    one.extend({ provider: z.string().nullable(), model: z.string().nullable() }),
  ).returns<SessionView>(),
  /** Without `attachments` those stay as they are. */
  'sessions.saveDraft': takes(() =>
    one.extend({ draft: z.string().max(4_000_000), attachments: z.array(AssetId).max(256).optional() }),
  ).returns<void>(),
  /**
   * Pictures that were given or shown on the path (or on the way to `replaces`), newest first, and what each would add.
   */
  'sessions.contextMedia': takes(() =>
    one.extend({
      replaces: MessageId.optional(),
      provider: z.string().optional(),
      model: z.string().optional(),
    }),
  ).returns<{ readonly media: readonly ContextMedia[] }>(),
  'sessions.markSeen': takes(() => one).returns<void>(),
  'sessions.transcript': takes(() =>
    one.extend({ before: MessageId.optional(), limit: z.int().min(1).max(500).default(60) }),
  ).returns<Transcript>(),
  /** Shows another version: the head becomes the newest leaf under it. */
  'sessions.selectVersion': takes(() => one.extend({ message_id: MessageId })).returns<Transcript>(),
  /** A new session with a copy of the path up to and including the message. */
  'sessions.branch': takes(() => one.extend({ message_id: MessageId })).returns<SessionView>(),
  /** What happened in it, behind that offset, oldest first. */
  'sessions.events': takes(() =>
    one.extend({
      after: z.int().min(0).default(0),
      limit: z.int().min(1).max(1_000).default(200),
    }),
  ).returns<{ readonly events: readonly SessionEvent[]; readonly has_more: boolean }>(),
  'sessions.export': takes(() => one.extend({ format: z.enum(['markdown', 'json']) })).returns<{
    readonly file_name: string
    readonly text: string
  }>(),
  /** All chats: titles and text, newest first. */
  'sessions.search': takes(() =>
    z.strictObject({
      query: z.string().max(500),
      session_id: SessionId.optional(),
      limit: z.int().min(1).max(200).default(50),
    }),
  ).returns<{ readonly hits: readonly SearchHit[] }>(),
}
