import { z } from 'zod'
import { takes } from './define'
import type { Fault } from './fault'
import { AssetId, MessageId, RunId, SessionId } from './ids'
import type { ImageOrder } from './image-order'
import type { AssetRef, Message } from './message'
import type { OutputView } from './outputs'
import type { Approval } from './permissions'
import type { Receipt } from './receipt'
import { FallbackModels, Generation, ProviderPreferences } from './request-settings'
import { runStatuses, type RunStatus } from './run-status'

export { Generation, runStatuses, type Receipt, type RunStatus }

/** `image`: pictures made or edited at a person's own wish. They run beside their chat's answers (`images.ts`). */
export const runKinds = ['input', 'image'] as const
export type RunKind = (typeof runKinds)[number]

export interface RunView {
  readonly run_id: RunId
  readonly session_id: SessionId
  readonly kind: RunKind
  readonly status: RunStatus
  readonly submitted_at_ms: number
  readonly updated_at_ms: number
  readonly started_at_ms?: number
  readonly finished_at_ms?: number
  /** 1 is next; present only while queued. */
  readonly queued_position?: number
  readonly request: {
    readonly source_kind: string
    readonly text_preview: string
    readonly provider: string
    readonly model: string
    /** What it was pinned to beyond that, where anything was said. `fallback_model` is the first of the list. */
    readonly fallback_model?: string
    readonly fallback_models?: readonly string[]
    readonly generation?: Generation
    readonly provider_preferences?: ProviderPreferences
    /** Runs of kind `image`. */
    readonly image?: ImageOrder
  }
  /** The whole text of a queued run, so that it can be taken back into the composer. */
  readonly input_text?: string
  /** What was attached to it, in order. */
  readonly input_attachments?: readonly AssetRef[]
  readonly user_message_id: MessageId | null
  readonly assistant_message_id: MessageId | null
  readonly receipt?: Receipt
  readonly error?: Fault
  /** What the model loop is doing while `running`. */
  readonly progress?:
    'connecting' | 'waiting_for_provider' | 'streaming' | 'retrying' | 'running_tools' | 'transcribing'
  /** What somebody has to decide before it goes on, while `waiting_for_approval`. */
  readonly pending_approvals?: readonly Approval[]
  /** When the next attempt begins, while `retrying`. */
  readonly retry_at_ms?: number
}

/** An entry of the run's append-only event list (contract 6.2). */
export interface RunEvent {
  readonly seq: number
  readonly at_ms: number
  readonly kind:
    | 'accepted'
    | 'queued'
    | 'started'
    | 'retried'
    | 'tool_started'
    | 'tool_ended'
    | 'waiting_for_approval'
    | 'approval_resolved'
    | 'output'
    | 'completed'
    | 'failed'
    | 'interrupted'
    | 'cancelled'
    | 'cost_settled'
  readonly data?: { readonly [key: string]: unknown }
}

/** The ordered input shape (contract 8). */
export const InputItem = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('text'), text: z.string().max(4_000_000) }),
  z.strictObject({ type: z.literal('asset_reference'), asset_id: AssetId }),
  z.strictObject({
    type: z.literal('inline_asset'),
    file_name: z.string().max(1_000),
    media_type: z.string().max(200).optional(),
    content_base64: z.string(),
  }),
])
export type InputItem = z.infer<typeof InputItem>

/**
 * A person's turn. `provider` is a route id, `model` is already without its prefix: callers at the edge split
 * selectors with `runtime.parseSelector` (contract 3.1).
 */
export const RunRequest = z.strictObject({
  session_id: SessionId,
  /** The same key with the same request answers the same run (contract 6.4). */
  idempotency_key: z.string(),
  content: z.string().max(4_000_000).optional(),
  /** The legacy shape: after `content`, in order; no text among them (contract 8). */
  attachments: z.array(InputItem).max(256).optional(),
  input_items: z.array(InputItem).max(256).optional(),
  /**
   * Pictures of earlier turns that travel again, all others stay behind. Absent: those that the text refers to
   * (`refers-to.ts`).
   */
  context_assets: z.array(AssetId).max(256).optional(),
  provider: z.string().optional(),
  model: z.string().optional(),
  fallback_model: z.string().optional(),
  generation: Generation.optional(),
  provider_preferences: ProviderPreferences.optional(),
  /** In place of `fallback_model` when there are several. */
  fallback_models: FallbackModels.optional(),
  /** Edit and rerun: the user's message that this one becomes a new version of. */
  replaces: MessageId.optional(),
})
export type RunRequest = z.infer<typeof RunRequest>

/** A run that was accepted, with the messages it made. A queued run makes its messages when it starts. */
export interface Accepted {
  readonly run: RunView
  readonly messages: readonly Message[]
}

export const runCalls = {
  /** Detached: answers at once. Faults: input_*, route_*, selector_*, idempotency_*, session_not_found. */
  'sessions.submitRun': takes(() => RunRequest).returns<Accepted>(),
  /** Inline: waits for the end; refused `session_busy` while anything is active or queued. */
  'sessions.input': takes(() => RunRequest).returns<{
    readonly run: RunView
    readonly message: Message | null
  }>(),
  /** Stops whatever the session is doing; the run ends `interrupted`. */
  'sessions.interrupt': takes(() => z.strictObject({ session_id: SessionId })).returns<{
    readonly run: RunView | null
  }>(),
  'runs.get': takes(() => z.strictObject({ run_id: RunId })).returns<RunView>(),
  'runs.list': takes(() =>
    z.strictObject({
      session_id: SessionId.optional(),
      status: z.enum(runStatuses).optional(),
      limit: z.int().min(1).max(500).default(50),
    }),
  ).returns<{ readonly runs: readonly RunView[] }>(),
  'runs.events': takes(() => z.strictObject({ run_id: RunId })).returns<{
    readonly events: readonly RunEvent[]
  }>(),
  /** The answer as it is stored now, whichever version its chat shows; null before the run has started. */
  'runs.output': takes(() => z.strictObject({ run_id: RunId })).returns<{
    readonly run: RunView
    readonly message: Message | null
  }>(),
  /** What was shown to people, in order (contract 12). */
  'runs.outputs': takes(() => z.strictObject({ run_id: RunId })).returns<{
    readonly outputs: readonly OutputView[]
  }>(),
  /** Any live state; a repeat answers the same view. A queued run leaves no message behind. */
  'runs.cancel': takes(() => z.strictObject({ run_id: RunId })).returns<RunView>(),
  /**
   * Another answer to the same message, as a new version. Without provider and model: the same route and model. The
   * settings stay those of the run, and are no less private than what holds now.
   */
  'runs.retry': takes(() =>
    z.strictObject({
      run_id: RunId,
      idempotency_key: z.string(),
      provider: z.string().optional(),
      model: z.string().optional(),
      /** Over what the run was pinned to, field by field: a shorter answer, a cooler one. */
      generation: Generation.optional(),
    }),
  ).returns<Accepted>(),
}
