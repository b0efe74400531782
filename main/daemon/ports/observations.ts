import type { AssetId, ObservationId, RunId, SourceId } from '@contract/ids'
import type { Part } from '@contract/message'
import type { ObservationView, ObservedInput, SourceAudit, SourceView } from '@contract/observations'

/** A source with what no view has. */
export interface SourceRecord extends Omit<SourceView, 'active_observations' | 'active_bytes'> {
  /** Hexadecimal. */
  readonly token_sha256: string
  readonly previous_token_sha256?: string
}

export interface ObservationStore {
  source(id: SourceId): SourceRecord | undefined
  sources(): readonly SourceRecord[]
  /** New, or in place of what its id had. */
  putSource(source: SourceRecord): void
  deleteSource(id: SourceId): void
  audit(source: SourceId, at_ms: number, event: string, data?: Readonly<Record<string, unknown>>): void
  /** Newest first; the audit outlives its source. */
  audited(source: SourceId, limit: number): readonly SourceAudit[]
  /** Active ones: how many, and their bytes. */
  tally(source: SourceId): { readonly count: number; readonly bytes: number }
  get(id: ObservationId): ObservationView | undefined
  findByKey(source: SourceId, key: string): ObservationView | undefined
  /** `words`: of the text that came along. */
  add(observation: ObservationView, words?: string): void
  /** What its own recorder has had written down of it counts as the text that came along (contract 11.4). */
  setText(id: ObservationId, text: AssetId, words: string): void
  purge(id: ObservationId): void
  list(filter: {
    readonly source_id?: SourceId | undefined
    readonly stream_id?: string | undefined
    readonly include_purged: boolean
    readonly limit: number
  }): readonly ObservationView[]
  /** Active ones, oldest capture first; of those, what was received until then. */
  active(source: SourceId, receivedUntil?: number): readonly ObservationView[]
  /** Active ones of a selection by capture time, newest first. */
  latest(filter: {
    readonly source_id?: SourceId
    readonly stream_id?: string
    readonly capture_group_id?: string
    readonly captured_from_ms?: number
    readonly limit: number
  }): readonly ObservationView[]
  /** When a capture with that raw asset was received last, purged ones and all. */
  receivedLast(asset: AssetId): number | undefined
}

/** Takes captures in and gives them to runs (contract 11). */
export interface ObservationService {
  /**
   * As `observations.ingest`, with bytes. `noted` is called in the transaction that stores the capture: who names it
   * there holds it against the retention that follows. A repeat stores nothing, and does not call it.
   */
  ingest(
    given: {
      readonly source_id: SourceId
      readonly upload_token: string
      readonly file_name: string
      readonly media_type?: string | undefined
      /** Or how to get at them, once the token is known to be right. */
      readonly bytes: Uint8Array | (() => Uint8Array)
      readonly idempotency_key: string
      readonly captured_at_ms?: number | undefined
      readonly stream_id?: string | undefined
      readonly seq_no?: number | undefined
      readonly canonical_text?: string | undefined
      readonly metadata?: Readonly<Record<string, unknown>> | undefined
    },
    signal?: AbortSignal,
    noted?: (kept: ObservationView) => void,
  ): Promise<ObservationView>
  /** Before anything of an upload is read. Faults: source_not_found, unauthorized, rate_limited. */
  checkToken(source: SourceId, upload_token: string): void
  /** Fault: source_not_found. */
  source(id: SourceId): SourceRecord
  /** The source goes with what it delivered; what a run holds stays. Fault: source_not_found. */
  forget(source: SourceId): void
  /** Purges what is over its time or beyond the limits of its source; evaluated before every look. */
  keepRetention(source?: SourceId): void
  /**
   * What a run's message begins with, at the moment it starts; with `run` its sources' audit has it. Faults:
   * observation_not_found, observation_source_blocked, recording_not_found, recording_invalid;
   * observation_selection_empty where `fail_when_empty`.
   */
  partsFor(input: ObservedInput, run?: RunId): readonly Part[]
  /**
   * The built-in source of this machine's microphone, made when it is not there, with a token that only this process
   * knows.
   */
  microphone(): { readonly source_id: SourceId; readonly upload_token: string }
}
