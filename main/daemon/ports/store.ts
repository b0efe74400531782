import type { ObservedInput } from '@contract/observations'
import type { DerivationStore } from './derivations'
import type { ObservationStore } from './observations'
import type { RecordingStore } from './recordings'
import type { SpeechStore } from './speech'
import type { AssetTextStore } from './transcription'
import type { DebugLevel } from '@contract/debug-level'
import type { Fault } from '@contract/fault'
import type { Batch } from '@contract/fold'
import type { AssetId, MessageId, RunId, SessionId } from '@contract/ids'
import type { Message, Part, Role } from '@contract/message'
import type { ModelView } from '@contract/models'
import type { Preferences } from '@contract/preferences'
import type { ProviderPreferences } from '@contract/request-settings'
import type { PermissionMode } from '@contract/routes'
import type { ImageOrder } from '@contract/image-order'
import type { Generation, Receipt, RunEvent, RunKind, RunStatus } from '@contract/runs'
import type { SearchHit, SessionEvent, SessionView } from '@contract/sessions'
import type { AssetStore } from './asset-store'
import type { CostStore } from './cost-store'
import type { EvidenceStore } from './evidence-store'
import type { RequestSettingsStore, UpstreamStore } from './request-settings-store'
import type {
  ApprovalStore,
  CallStore,
  ImageModelStore,
  ImageVersionStore,
  OutputStore,
  RuleStore,
} from './tool-store'

export interface SessionPatch {
  readonly title?: string
  readonly provider?: string | null
  readonly model?: string | null
  readonly draft?: string
  readonly draft_attachments?: readonly AssetId[]
  readonly head_message_id?: MessageId | null
  readonly activity?: SessionView['activity']
  readonly unread?: boolean
  readonly updated_at_ms?: number
  readonly add_cost_usd?: number
}

export interface SessionReader {
  /** Deleted sessions are not found. */
  get(id: SessionId): SessionView | undefined
  list(page: {
    readonly limit: number
    readonly before?: { readonly updated_at_ms: number; readonly session_id: SessionId }
  }): { readonly sessions: readonly SessionView[]; readonly total: number }
  /** How many chats have a policy of their own that names each route. */
  routesNamed(): readonly { readonly route_id: string; readonly count: number }[]
}
export interface SessionWriter extends SessionReader {
  create(session: {
    readonly session_id: SessionId
    readonly title: string
    readonly at_ms: number
  }): SessionView
  update(id: SessionId, patch: SessionPatch): SessionView
  markDeleted(id: SessionId, at_ms: number): void
  restore(id: SessionId): SessionView | undefined
  /** Removes what was marked before `at_ms` with everything that hangs on it; answers the ids. */
  purgeDeleted(at_ms: number): readonly SessionId[]
}

export interface NewMessage {
  readonly message_id: MessageId
  readonly session_id: SessionId
  readonly parent_id: MessageId | null
  readonly role: Role
  readonly parts: readonly Part[]
  readonly created_at_ms: number
  readonly run_id: RunId | null
}

export interface MessageReader {
  /** With versions, and for an answer its run's status, receipt and fault; a growing one is folded from its batches. */
  get(id: MessageId): Message | undefined
  /** The path that ends at `leaf`, oldest first, at most `limit`; `before` starts above that message. */
  path(
    leaf: MessageId,
    page: { readonly limit: number; readonly before?: MessageId },
  ): { readonly messages: readonly Message[]; readonly has_more: boolean }
  /** Of that path, oldest first, the messages that hold files: what people gave and what answers show. */
  withAttachments(leaf: MessageId): readonly Pick<Message, 'message_id' | 'parts'>[]
  /** Follows the newest child down from `id`. */
  newestLeaf(id: MessageId): MessageId
}
/** A batch of one message. */
export interface Received {
  readonly id: MessageId
  readonly batch: Batch
}
export interface MessageWriter extends MessageReader {
  add(message: NewMessage): Message
  /**
   * Journals batches of growing messages, all or none; never inside a transaction. A repeat changes nothing.
   * Fault: `message_not_found`.
   */
  appendBatches(group: readonly Received[]): void
  /** Folds the journalled batches into the message for good and answers it. */
  settle(id: MessageId): Message
  /** Copies the path that ends at `leaf` with its runs into another session; answers the new leaf. */
  copyPath(leaf: MessageId, to: SessionId, newId: () => MessageId, newRunId: () => RunId): MessageId
}

/** A run as the daemon keeps it. */
export interface RunRecord {
  readonly run_id: RunId
  readonly session_id: SessionId
  readonly kind: RunKind
  readonly status: RunStatus
  readonly submitted_at_ms: number
  readonly updated_at_ms: number
  readonly started_at_ms?: number
  readonly finished_at_ms?: number
  /** Order in the session's queue; smaller is earlier. */
  readonly position: number
  readonly source_kind: string
  /** Pinned at creation (contract 6.3). */
  readonly route_id: string
  readonly model: string
  readonly generation: Generation
  readonly provider_preferences?: ProviderPreferences
  readonly fallback_models?: readonly string[]
  /** What the person gave; becomes the user's message when the run starts. Empty for a retry. */
  readonly input: readonly Part[]
  /** Pictures of earlier turns that travel along, pinned at creation. */
  readonly context_assets?: readonly AssetId[]
  /** What a run of kind `image` is to make. */
  readonly image?: ImageOrder
  /** Observations that the run is given, looked up when it starts. */
  readonly observed?: ObservedInput
  /** Edit and rerun. */
  readonly replaces?: MessageId
  readonly user_message_id: MessageId | null
  readonly assistant_message_id: MessageId | null
  readonly receipt?: Receipt
  readonly fault?: Fault
  readonly key_hash: string
  readonly fingerprint: string
  /** How much is kept as evidence: pinned when the run starts (contract 15). */
  readonly debug_level?: DebugLevel
}
export type RunPatch = Partial<
  Pick<
    RunRecord,
    | 'status'
    | 'started_at_ms'
    | 'finished_at_ms'
    | 'user_message_id'
    | 'assistant_message_id'
    | 'receipt'
    | 'fault'
    | 'debug_level'
  >
> & { readonly updated_at_ms: number }

export interface RunReader {
  get(id: RunId): RunRecord | undefined
  list(filter: {
    readonly session_id?: SessionId
    readonly status?: RunStatus
    readonly limit: number
  }): readonly RunRecord[]
  findByKey(keyHash: string): RunRecord | undefined
  /** Of kind `input`; pictures are made beside it. */
  active(session: SessionId): RunRecord | undefined
  /** Of kind `input`, in queue order. */
  queued(session: SessionId): readonly RunRecord[]
  /** Everything not terminal, in queue order (contract 6.5). */
  unfinished(): readonly RunRecord[]
  /** Ended, with a generation id and without a reported cost; submitted since then, newest first, 20 at most. */
  unsettled(since_ms: number): readonly RunRecord[]
  events(id: RunId): readonly RunEvent[]
  /** Of every status that there is. */
  counts(): Readonly<Partial<Record<RunStatus, number>>>
}
export interface RunWriter extends RunReader {
  add(run: RunRecord): void
  update(id: RunId, patch: RunPatch): RunRecord
  addEvent(id: RunId, event: Omit<RunEvent, 'seq'>): void
}

export interface SecretRecord {
  readonly slot_id: string
  readonly provider: 'openrouter' | 'generic'
  readonly mode: 'api_key' | 'opaque_secret'
  readonly updated_at_ms: number
}
export interface SecretStore {
  list(): readonly SecretRecord[]
  get(slot: string): SecretRecord | undefined
  put(record: SecretRecord): void
  delete(slot: string): boolean
}

export interface ModelStore {
  list(routeId: string): { readonly models: readonly ModelView[]; readonly refreshed_at_ms: number | null }
  find(routeId: string, model: string): ModelView | undefined
  replace(routeId: string, models: readonly ModelView[], at_ms: number): void
}

/** Settings of the runtime that change while it runs (contract 2.7, 13.1). */
export interface RuntimeSettings {
  readonly revision: number
  readonly updated_at_ms: number
  readonly default_route?: string
  /** Current model by route id, where it differs from the file. */
  readonly models: Readonly<Record<string, string>>
  readonly permission_mode: PermissionMode
  readonly system_prompt: string
  /** What is kept of runs that start from now on, and whether it is encrypted (contract 15). */
  readonly debug_level: DebugLevel
  readonly debug_encrypt: boolean
}
export interface RuntimeStore {
  get(): RuntimeSettings
  /** Answers false and writes nothing when the stored revision is not `expected`. */
  put(settings: RuntimeSettings, expected: number): boolean
}

export interface PreferenceStore {
  get(): Preferences
  set(patch: Partial<Preferences>): Preferences
}

export interface SearchReader {
  search(query: {
    readonly query: string
    readonly session_id?: SessionId
    readonly limit: number
  }): readonly SearchHit[]
}

/** The append-only record of what happened in a session (contract 6.1). */
export interface Journal {
  /** Answers the offset, monotonic per session. */
  append(session: SessionId, entry: Omit<SessionEvent, 'offset'>): number
  /** Behind that offset, oldest first. */
  list(session: SessionId, page: { readonly after: number; readonly limit: number }): readonly SessionEvent[]
}

/** Takes away what a person made, in steps that a killed process may stop between. */
export interface Eraser {
  /** Some chats with everything that hangs on them; answers which. */
  sessions(limit: number): readonly SessionId[]
  /** Some assets; their files are somebody else's affair. Answers which. */
  assets(limit: number): readonly AssetId[]
  /** What is left; with `withKeys` the names of the slots, too. */
  rest(withKeys: boolean): void
  /** What was deleted leaves the file. False when somebody was just reading it: to be done again. */
  sweep(): boolean
}

export interface Store {
  /** A random id made once per state root (contract 4.5). */
  readonly state_root_id: string
  readonly sessions: SessionWriter
  readonly messages: MessageWriter
  readonly runs: RunWriter
  readonly secrets: SecretStore
  readonly models: ModelStore
  readonly upstreams: UpstreamStore
  readonly requestSettings: RequestSettingsStore
  readonly costs: CostStore
  readonly assets: AssetStore
  readonly calls: CallStore
  readonly approvals: ApprovalStore
  readonly rules: RuleStore
  readonly outputs: OutputStore
  readonly imageModels: ImageModelStore
  readonly imageVersions: ImageVersionStore
  readonly speech: SpeechStore
  readonly assetTexts: AssetTextStore
  readonly derivations: DerivationStore
  readonly observations: ObservationStore
  readonly recordings: RecordingStore
  readonly runtime: RuntimeStore
  readonly preferences: PreferenceStore
  readonly search: SearchReader
  readonly journal: Journal
  readonly evidence: EvidenceStore
  readonly erase: Eraser
  /** How much there is. */
  counts(): { readonly chats: number; readonly messages: number }
  /** Writes, and takes it back. Undefined when that worked, else why not. */
  probe(): string | undefined
  /** All or nothing. The work must not wait for anything. */
  transaction<T>(work: () => T): T
  /**
   * Whether the file is whole: read from end to end, beside all other work, when the daemon before this one did not
   * close it in order. `unknown`: closed before that was known, so the next daemon looks again.
   */
  inspect(): Promise<'sound' | 'damaged' | 'unknown'>
  close(): void
}
