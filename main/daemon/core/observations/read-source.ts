import { fault } from '@contract/fault'
import type { SourceId } from '@contract/ids'
import type { SourceKind, SourceView } from '@contract/observations'
import { sourceKinds } from '@contract/observations'
import { Failure } from '../failure'

/** What a person decides of a source. */
export type SourceFields = Pick<
  SourceView,
  | 'display_name'
  | 'kind'
  | 'sensitivity'
  | 'retention_seconds'
  | 'max_active_observations'
  | 'max_active_bytes'
  | 'ingest_rate_limit_window_ms'
  | 'ingest_rate_limit_burst'
  | 'purge_raw_on_retention'
  | 'allow_materialization'
  | 'allow_output_delivery'
>

const defaults = {
  sensitivity: 'sensitive',
  retention_seconds: 604_800,
  max_active_observations: 512,
  max_active_bytes: 512 * 1024 * 1024,
  ingest_rate_limit_window_ms: 60_000,
  ingest_rate_limit_burst: 120,
  purge_raw_on_retention: false,
  allow_materialization: true,
  allow_output_delivery: false,
} as const
const counted = [
  'retention_seconds',
  'max_active_observations',
  'max_active_bytes',
  'ingest_rate_limit_window_ms',
  'ingest_rate_limit_burst',
] as const

type Optional = { readonly [K in keyof typeof defaults]?: SourceFields[K] | undefined }
export interface GivenSource extends Optional {
  readonly display_name: string
  readonly kind: string
}

/** Fills in the defaults (contract 11.1). Fault: `source_invalid` with the field. */
export function readSource({ display_name, kind, ...given }: GivenSource): SourceFields {
  if (display_name.trim() === '') throw invalid('display_name', 'A source needs a name.')
  const known = sourceKinds.find((each) => each === kind.trim())
  if (!known) throw invalid('kind', `A source’s kind is ${sourceKinds.join(', ')}.`)
  const asked = Object.entries(given).filter(([field, value]) => field in defaults && value !== undefined)
  const fields = { ...defaults, ...(Object.fromEntries(asked) as Partial<SourceFields>) }
  for (const field of counted) {
    const value = fields[field]
    if (!Number.isSafeInteger(value) || value < 1)
      throw invalid(field, `${field} is a whole number above zero.`)
  }
  return { display_name: display_name.trim(), kind: known, ...fields }
}

const idPattern = /^[A-Za-z0-9._-]{1,128}$/u

/** Fault: `source_invalid` (`source_id`). */
export function readSourceId(id: string): SourceId {
  if (idPattern.test(id) && id !== '.' && id !== '..') return id as SourceId
  throw invalid('source_id', 'A source’s id is up to 128 letters, digits, dots, dashes and underscores.')
}

/** Fault: `source_invalid` (`upload_token`). */
export function readToken(token: string): string {
  if (token.trim() === '') throw invalid('upload_token', 'A source needs an upload token.')
  return token
}

/** Milliseconds that the token before a new one stays good. Fault: `source_invalid`. */
export function readGrace(ms: number | undefined): number {
  const longest = 86_400_000
  if (ms === undefined) return 0
  if (Number.isSafeInteger(ms) && ms >= 0 && ms <= longest) return ms
  throw invalid('grace_period_ms', `A token’s grace is a whole number of milliseconds up to ${longest}.`)
}

const accepted: Readonly<Record<SourceKind, readonly string[]>> = {
  microphone_segment: ['audio/wav', 'audio/webm'],
  screen_snapshot: ['image/png', 'image/jpeg'],
  webcam_snapshot: ['image/png', 'image/jpeg'],
}

/** By the type that the asset store found (contract 11.1). Fault: `observation_media_type_rejected`. */
export function checkMediaType(kind: SourceKind, media_type: string): void {
  if (accepted[kind].includes(media_type)) return
  const detail = `This source takes ${accepted[kind].join(' and ')}, not ${media_type}. Nothing was stored.`
  throw new Failure(fault('observation_media_type_rejected', detail, { media_type }))
}

const invalid = (field: string, detail: string) => new Failure(fault('source_invalid', detail, { field }))
