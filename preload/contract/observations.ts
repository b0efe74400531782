import { z } from 'zod'
import { takes } from './define'
import { type AssetId, ObservationId, type RecordingId, SessionId, SourceId } from './ids'
import { type Accepted, RunRequest } from './runs'

export const sourceKinds = ['microphone_segment', 'screen_snapshot', 'webcam_snapshot'] as const
export type SourceKind = (typeof sourceKinds)[number]
export const sensitivities = ['sensitive', 'standard'] as const
export type Sensitivity = (typeof sensitivities)[number]
export const sourceStatuses = ['active', 'paused', 'disabled'] as const
export type SourceStatus = (typeof sourceStatuses)[number]

/** An ingest boundary with its own token, limits and policy (contract 11.1). The token is in no view. */
export interface SourceView {
  readonly source_id: SourceId
  readonly display_name: string
  readonly kind: SourceKind
  readonly status: SourceStatus
  readonly sensitivity: Sensitivity
  readonly retention_seconds: number
  readonly max_active_observations: number
  readonly max_active_bytes: number
  readonly ingest_rate_limit_window_ms: number
  readonly ingest_rate_limit_burst: number
  readonly purge_raw_on_retention: boolean
  readonly allow_materialization: boolean
  readonly allow_output_delivery: boolean
  readonly upload_token_version: number
  /** Until when the token before this one is taken too. */
  readonly previous_token_until_ms?: number
  readonly created_at_ms: number
  readonly updated_at_ms: number
  readonly active_observations: number
  readonly active_bytes: number
}

/** One uploaded capture (contract 11.2). */
export interface ObservationView {
  readonly observation_id: ObservationId
  readonly source_id: SourceId
  readonly kind: SourceKind
  readonly sensitivity: Sensitivity
  readonly retention_state: 'active' | 'purged'
  readonly asset_id: AssetId
  readonly canonical_text_asset_id?: AssetId
  readonly media_type: string
  readonly sha256: string
  readonly byte_length: number
  readonly captured_at_ms: number
  readonly received_at_ms: number
  readonly stream_id?: string
  readonly seq_no?: number
  readonly idempotency_key: string
  readonly request_fingerprint: string
  readonly metadata?: { readonly [key: string]: unknown }
}

/** What happened at a source; no token, no bytes, no literal key. */
export interface SourceAudit {
  readonly seq: number
  readonly source_id: SourceId
  readonly at_ms: number
  /** For instance `created`, `token_rotated`, `ingested`, `repeated`, `refused`, `purged`, `materialized`. */
  readonly event: string
  readonly data?: { readonly [key: string]: unknown }
}

const positive = z.int().min(1)
/** What may be said of a source; defaults are the contract's. Checked by the daemon, so that a fault names the field. */
const Limits = {
  sensitivity: z.enum(sensitivities).optional(),
  retention_seconds: positive.optional(),
  max_active_observations: positive.optional(),
  max_active_bytes: positive.optional(),
  ingest_rate_limit_window_ms: positive.optional(),
  ingest_rate_limit_burst: positive.optional(),
  purge_raw_on_retention: z.boolean().optional(),
  allow_materialization: z.boolean().optional(),
  allow_output_delivery: z.boolean().optional(),
}

export const rawAssetPolicies = ['auto', 'never', 'always'] as const
export type RawAssetPolicy = (typeof rawAssetPolicies)[number]

/** Which observations a run is given (contract 11.4). */
export const ObservationSelection = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('observation_ids'),
    observation_ids: z.array(ObservationId).min(1).max(512),
  }),
  z.strictObject({
    type: z.literal('latest_from_source'),
    source_id: SourceId,
    limit: z.int().min(1).max(512).default(3),
    lookback_seconds: positive.optional(),
  }),
  z.strictObject({
    type: z.literal('latest_from_stream'),
    source_id: SourceId,
    stream_id: z.string(),
    limit: z.int().min(1).max(512).default(3),
    lookback_seconds: positive.optional(),
  }),
  z.strictObject({
    type: z.literal('observation_group'),
    capture_group_id: z.string().min(1).max(256),
    limit: z.int().min(1).max(512).default(3),
    lookback_seconds: positive.optional(),
  }),
])
export type ObservationSelection = z.infer<typeof ObservationSelection>

/** All that was said in one recording (`recordings.ask`). */
export interface RecordedSelection {
  readonly type: 'recording'
  readonly recording_id: RecordingId
}

/** As it is pinned in its run: looked up when the run starts. */
export interface ObservedInput {
  readonly selection: ObservationSelection | RecordedSelection
  readonly raw_asset_policy: RawAssetPolicy
  readonly fail_when_empty: boolean
}

const oneSource = z.strictObject({ source_id: SourceId })

export const observationCalls = {
  /** An id that is there gets the new token and fields at once. Faults: source_invalid. */
  'sources.create': takes(() =>
    z.strictObject({
      source_id: z.string().optional(),
      display_name: z.string(),
      kind: z.string(),
      upload_token: z.string(),
      ...Limits,
    }),
  ).returns<SourceView>(),
  /** Fault: source_not_found. */
  'sources.get': takes(() => oneSource).returns<SourceView>(),
  'sources.list': takes(() => z.strictObject({})).returns<{ readonly sources: readonly SourceView[] }>(),
  'sources.setStatus': takes(() =>
    oneSource.extend({ status: z.enum(sourceStatuses) }),
  ).returns<SourceView>(),
  /** The token before stays good for the grace, at most a day. Fault: source_invalid. */
  'sources.rotateToken': takes(() =>
    oneSource.extend({ upload_token: z.string(), grace_period_ms: z.number().optional() }),
  ).returns<SourceView>(),
  /** Its observations go with it; what a run holds stays. */
  'sources.delete': takes(() => oneSource).returns<void>(),
  'sources.audit': takes(() => oneSource.extend({ limit: z.int().min(1).max(1_000).default(100) })).returns<{
    readonly events: readonly SourceAudit[]
  }>(),
  /**
   * Takes one capture in (contract 11.2). Faults: unauthorized, source_not_found, observation_source_blocked,
   * observation_invalid (field), idempotency_conflict, rate_limited, observation_media_type_rejected, asset_*.
   */
  'observations.ingest': takes(() =>
    oneSource.extend({
      upload_token: z.string(),
      upload: z.strictObject({
        file_name: z.string().max(1_000),
        media_type: z.string().max(200).optional(),
        content_base64: z.string(),
      }),
      idempotency_key: z.string(),
      captured_at_ms: z.number().optional(),
      stream_id: z.string().optional(),
      seq_no: z.number().optional(),
      canonical_text: z.string().max(4_000_000).optional(),
      metadata: z.record(z.string(), z.unknown()).optional(),
    }),
  ).returns<ObservationView>(),
  /** Newest capture first. Fault: observation_invalid for a stream without its source. */
  'observations.list': takes(() =>
    z.strictObject({
      source_id: SourceId.optional(),
      stream_id: z.string().optional(),
      include_purged: z.boolean().default(false),
      limit: z.int().min(1).max(1_000).default(100),
    }),
  ).returns<{ readonly observations: readonly ObservationView[] }>(),
  /** Fault: observation_not_found. */
  'observations.get': takes(() =>
    z.strictObject({ observation_id: ObservationId }),
  ).returns<ObservationView>(),
  /**
   * A run that is given observations before its task. Faults: as of `sessions.submitRun`, and observation_not_found,
   * observation_source_blocked, observation_selection_empty, observation_invalid.
   */
  'observations.materialize': takes(() =>
    z.strictObject({
      target_session_id: SessionId,
      selection: ObservationSelection,
      request: RunRequest.omit({ session_id: true }),
      include_raw_assets: z.boolean().default(true),
      raw_asset_policy: z.enum(rawAssetPolicies).optional(),
      fail_when_empty: z.boolean().default(true),
    }),
  ).returns<Accepted>(),
}
