import type { ObservationView } from '@contract/observations'
import type { SourceRecord } from '../ports/observations'

type Flags = 'purge_raw_on_retention' | 'allow_materialization' | 'allow_output_delivery'

export type SourceRow = Omit<SourceRecord, Flags | 'previous_token_sha256' | 'previous_token_until_ms'> & {
  readonly [K in Flags]: number
} & { readonly previous_token_sha256: string | null; readonly previous_token_until_ms: number | null }

export const sourceColumns =
  'source_id, display_name, kind, status, sensitivity, retention_seconds, max_active_observations, max_active_bytes, ingest_rate_limit_window_ms, ingest_rate_limit_burst, purge_raw_on_retention, allow_materialization, allow_output_delivery, upload_token_version, token_sha256, previous_token_sha256, previous_token_until_ms, created_at_ms, updated_at_ms'

export const toSourceRow = (source: SourceRecord): SourceRow => ({
  ...source,
  purge_raw_on_retention: Number(source.purge_raw_on_retention),
  allow_materialization: Number(source.allow_materialization),
  allow_output_delivery: Number(source.allow_output_delivery),
  previous_token_sha256: source.previous_token_sha256 ?? null,
  previous_token_until_ms: source.previous_token_until_ms ?? null,
})

export function toSource({
  previous_token_sha256,
  previous_token_until_ms,
  ...row
}: SourceRow): SourceRecord {
  return {
    ...row,
    purge_raw_on_retention: row.purge_raw_on_retention === 1,
    allow_materialization: row.allow_materialization === 1,
    allow_output_delivery: row.allow_output_delivery === 1,
    ...(previous_token_sha256 === null ? {} : { previous_token_sha256 }),
    ...(previous_token_until_ms === null ? {} : { previous_token_until_ms }),
  }
}

type Optional = 'canonical_text_asset_id' | 'stream_id' | 'seq_no'

export type ObservationRow = Omit<ObservationView, Optional | 'metadata'> & {
  readonly [K in Optional]: Exclude<ObservationView[K], undefined> | null
} & { readonly capture_group_id: string | null; readonly metadata: string | null }

export const observationColumns =
  'observation_id, source_id, kind, sensitivity, retention_state, asset_id, canonical_text_asset_id, media_type, sha256, byte_length, captured_at_ms, received_at_ms, stream_id, seq_no, idempotency_key, request_fingerprint, capture_group_id, metadata'

export function toObservationRow({ metadata, ...observation }: ObservationView): ObservationRow {
  const group = metadata?.['capture_group_id']
  return {
    ...observation,
    canonical_text_asset_id: observation.canonical_text_asset_id ?? null,
    stream_id: observation.stream_id ?? null,
    seq_no: observation.seq_no ?? null,
    capture_group_id: typeof group === 'string' ? group : null,
    metadata: metadata === undefined ? null : JSON.stringify(metadata),
  }
}

export function toObservation({
  canonical_text_asset_id,
  stream_id,
  seq_no,
  capture_group_id: _,
  metadata,
  ...row
}: ObservationRow): ObservationView {
  return {
    ...row,
    ...(canonical_text_asset_id === null ? {} : { canonical_text_asset_id }),
    ...(stream_id === null ? {} : { stream_id }),
    ...(seq_no === null ? {} : { seq_no }),
    ...(metadata === null ? {} : { metadata: JSON.parse(metadata) as Record<string, unknown> }),
  }
}
