/** Every way the daemon can fail that somebody outside it may want to act on (contract section 14). */
const table = {
  call_refused: { status: 400, domain: 'call' },
  not_ready: { status: 409, domain: 'daemon' },
  daemon_unreachable: { status: 503, domain: 'daemon' },
  state_root_in_use: { status: 409, domain: 'daemon' },
  store_unreadable: { status: 500, domain: 'daemon' },
  storage_full: { status: 507, domain: 'daemon' },
  bug: { status: 500, domain: 'daemon' },

  unauthorized: { status: 401, domain: 'control' },
  forbidden: { status: 403, domain: 'control' },
  endpoint_not_found: { status: 404, domain: 'control' },
  body_too_large: { status: 413, domain: 'control' },
  misdirected: { status: 421, domain: 'control' },
  rate_limited: { status: 429, domain: 'control' },
  bind_refused: { status: 400, domain: 'control' },

  selector_empty: { status: 400, domain: 'routes' },
  selector_model_missing: { status: 400, domain: 'routes' },
  selector_conflict: { status: 400, domain: 'routes' },
  route_unknown: { status: 400, domain: 'routes' },
  route_ambiguous: { status: 400, domain: 'routes' },
  route_not_ready: { status: 409, domain: 'routes' },
  route_file_read_failed: { status: 400, domain: 'routes' },
  route_file_invalid: { status: 400, domain: 'routes' },
  route_file_changed: { status: 409, domain: 'routes' },
  route_file_write_failed: { status: 500, domain: 'routes' },
  default_route_unresolved: { status: 400, domain: 'routes' },
  default_route_missing: { status: 400, domain: 'routes' },
  unsupported_capability: { status: 400, domain: 'routes' },
  route_auth_ref_missing: { status: 409, domain: 'routes' },
  route_auth_provider_mismatch: { status: 409, domain: 'routes' },
  api_key_env_missing: { status: 400, domain: 'routes' },
  api_key_env_empty: { status: 400, domain: 'routes' },
  api_key_env_invalid: { status: 400, domain: 'routes' },
  route_credentials_missing: { status: 400, domain: 'routes' },
  model_not_found: { status: 404, domain: 'routes' },

  secret_source_invalid: { status: 400, domain: 'secrets' },
  secret_not_found: { status: 404, domain: 'secrets' },
  secret_in_use: { status: 409, domain: 'secrets' },
  secret_store_unavailable: { status: 503, domain: 'secrets' },
  secret_store_locked: { status: 503, domain: 'secrets' },
  secret_store_unreadable: { status: 503, domain: 'secrets' },
  secret_rejected: { status: 400, domain: 'secrets' },
  sign_in_failed: { status: 502, domain: 'secrets' },
  sign_in_cancelled: { status: 499, domain: 'secrets' },

  session_not_found: { status: 404, domain: 'sessions' },
  session_busy: { status: 409, domain: 'sessions' },
  message_not_found: { status: 404, domain: 'sessions' },

  run_not_found: { status: 404, domain: 'runs' },
  run_state_conflict: { status: 409, domain: 'runs' },
  input_empty: { status: 400, domain: 'runs' },
  input_shape_conflict: { status: 400, domain: 'runs' },
  inline_asset_invalid: { status: 400, domain: 'runs' },
  capability_unsupported: { status: 400, domain: 'runs' },
  daemon_restarted: { status: 409, domain: 'runs' },
  daemon_stopping: { status: 503, domain: 'runs' },
  spending_limit_reached: { status: 409, domain: 'runs' },
  turn_ceiling_reached: { status: 409, domain: 'runs' },
  outcome_unknown: { status: 409, domain: 'runs' },
  run_debug_not_found: { status: 404, domain: 'runs' },
  run_debug_artifact_not_found: { status: 404, domain: 'runs' },
  run_debug_artifact_unreadable: { status: 409, domain: 'runs' },
  run_retention_invalid_request: { status: 400, domain: 'runs' },
  evidence_invalid: { status: 400, domain: 'runs' },

  asset_not_found: { status: 404, domain: 'assets' },
  asset_empty: { status: 400, domain: 'assets' },
  asset_too_large: { status: 400, domain: 'assets' },
  unsupported_media_type: { status: 400, domain: 'assets' },
  media_type_mismatch: { status: 400, domain: 'assets' },
  asset_invalid: { status: 400, domain: 'assets' },
  folder_refused: { status: 400, domain: 'assets' },
  asset_unreadable: { status: 400, domain: 'assets' },
  asset_integrity_mismatch: { status: 409, domain: 'assets' },
  asset_delete_blocked: { status: 409, domain: 'assets' },
  import_cancelled: { status: 499, domain: 'assets' },

  image_order_invalid: { status: 400, domain: 'images' },
  image_route_missing: { status: 409, domain: 'images' },
  image_routes_failed: { status: 502, domain: 'images' },

  speech_invalid: { status: 400, domain: 'audio' },
  speech_empty: { status: 400, domain: 'audio' },
  speech_route_missing: { status: 409, domain: 'audio' },
  transcription_route_missing: { status: 409, domain: 'audio' },
  derivation_not_found: { status: 404, domain: 'derivations' },
  derivation_subject_unknown: { status: 404, domain: 'derivations' },
  derivation_options_invalid: { status: 400, domain: 'derivations' },
  derivation_unsupported: { status: 400, domain: 'derivations' },
  source_not_found: { status: 404, domain: 'observations' },
  source_invalid: { status: 400, domain: 'observations' },
  observation_not_found: { status: 404, domain: 'observations' },
  observation_source_blocked: { status: 409, domain: 'observations' },
  observation_invalid: { status: 400, domain: 'observations' },
  observation_media_type_rejected: { status: 400, domain: 'observations' },
  observation_selection_empty: { status: 400, domain: 'observations' },
  recording_not_found: { status: 404, domain: 'recordings' },
  recording_invalid: { status: 409, domain: 'recordings' },

  approval_not_found: { status: 404, domain: 'approvals' },
  approval_request_not_pending: { status: 400, domain: 'approvals' },
  approval_duplicate_resolution: { status: 400, domain: 'approvals' },
  approval_batch_empty: { status: 400, domain: 'approvals' },
  approval_state_conflict: { status: 409, domain: 'approvals' },
  permission_rule_invalid: { status: 400, domain: 'permissions' },
  permission_rule_not_found: { status: 404, domain: 'permissions' },

  invalid_idempotency_key: { status: 400, domain: 'idempotency' },
  idempotency_conflict: { status: 409, domain: 'idempotency' },

  runtime_revision_conflict: { status: 409, domain: 'runtime' },
  debug_capture_key_invalid: { status: 400, domain: 'runtime' },
  debug_capture_tokens_unreadable: { status: 400, domain: 'runtime' },

  provider_error: { status: 502, domain: 'provider' },
  pin_not_honoured: { status: 502, domain: 'provider' },
  interrupted: { status: 499, domain: 'provider' },
} as const satisfies Record<string, { status: number; domain: string }>

export type FaultCode = keyof typeof table

/** Where in the routes file, 1-based. */
export interface FilePlace {
  readonly file: string
  readonly line?: number
  readonly column?: number
  readonly route_id?: string
  /** The `reason` column of contract 2.6, for instance `unknown_field`. */
  readonly reason?: string
}

/** What went wrong at the provider, decided where it happened (API reference 1.4 to 1.6). */
export interface ProviderTrouble {
  readonly retryable: boolean
  readonly kind:
    | 'unreachable'
    | 'timeout'
    | 'cut_short'
    | 'rate_limited'
    | 'daily_limit'
    | 'payment'
    | 'key_refused'
    | 'forbidden'
    | 'no_endpoint'
    | 'too_large'
    | 'context_length'
    | 'policy'
    | 'bad_request'
    | 'overloaded'
    | 'provider_down'
    | 'malformed'
    /** A success without a picture in it. */
    | 'no_image'
    /** A success without sound, or without a text, in it. */
    | 'no_audio'
    | 'no_text'
    | 'unknown'
  /** The HTTP status, when there was an answer. */
  readonly http_status?: number
  readonly retry_after_ms?: number
  readonly provider?: string
  readonly route_id?: string
  readonly model?: string
  /** The provider's own sentence, sanitised and cut. */
  readonly said?: string
  readonly excluded_by?: readonly string[]
  /** The longest answer that the credit pays for; asking again with it as `max_tokens` has a chance. */
  readonly affordable_tokens?: number
  readonly generation_id?: string
}

interface Extras {
  call_refused: { readonly call?: string }
  state_root_in_use: { readonly pid?: number }
  selector_conflict: { readonly field: 'model' | 'fallback_model' }
  route_file_read_failed: FilePlace
  route_file_invalid: FilePlace
  route_file_write_failed: FilePlace
  default_route_unresolved: FilePlace
  default_route_missing: FilePlace
  unsupported_capability: FilePlace
  route_auth_ref_missing: FilePlace & { readonly slot_id: string }
  route_auth_provider_mismatch: FilePlace & { readonly slot_id: string }
  api_key_env_missing: FilePlace
  api_key_env_empty: FilePlace
  api_key_env_invalid: FilePlace
  route_credentials_missing: FilePlace
  route_not_ready: { readonly route_id?: string }
  secret_not_found: { readonly slot_id: string }
  unauthorized: { readonly why: 'missing' | 'wrong' | 'expired' }
  rate_limited: { readonly retry_after_ms: number }
  spending_limit_reached: {
    readonly period: 'day' | 'month'
    /** US dollars. */
    readonly limit_usd: number
    readonly spent_usd: number
    readonly resets_at_ms: number
  }
  /** Asked for one upstream or model, served by another. What arrived is kept; it may have cost money. */
  pin_not_honoured: {
    readonly pinned: 'provider' | 'model'
    readonly asked: readonly string[]
    readonly served: string
  }
  /** `nearest`: a model that can, where one is known. */
  capability_unsupported: {
    readonly capability: 'vision' | 'files' | 'image_generation' | 'image_edit'
    readonly model?: string
    readonly nearest?: { readonly provider: string; readonly model: string }
  }
  /** Bytes. */
  asset_too_large: { readonly limit: number; readonly byte_length: number }
  unsupported_media_type: { readonly media_type?: string }
  media_type_mismatch: { readonly declared: string; readonly found: string }
  /** `check` is the validator's rule that failed (contract 7.3), for instance `png_signature`. */
  asset_invalid: { readonly check: string }
  asset_delete_blocked: { readonly hard_reference_count: number }
  /** `field` of the order, spelled as there. */
  image_order_invalid: { readonly field: string }
  /** One for each route that was tried, in order. */
  image_routes_failed: {
    readonly tried: readonly { readonly route_id: string; readonly reason: string }[]
    readonly retryable: boolean
  }
  speech_invalid: { readonly field: string }
  source_invalid: { readonly field: string }
  /** `forbidden`: by the source's own `allow_materialization`. */
  observation_source_blocked: { readonly reason: 'paused' | 'disabled' | 'purged' | 'forbidden' }
  observation_invalid: { readonly field: string }
  observation_media_type_rejected: { readonly media_type: string }
  derivation_options_invalid: { readonly field: string }
  provider_error: ProviderTrouble
  /** A surprise; `ref` finds it in the log. */
  bug: { readonly ref: string }
}

type ExtrasOf<K extends FaultCode> = K extends keyof Extras ? Extras[K] : unknown

export type Fault = {
  [K in FaultCode]: {
    readonly code: K
    readonly status: number
    readonly domain: string
    /** One or two sentences for a person: what happened, what is safe, what to do. Never a secret or a raw body. */
    readonly detail: string
  } & ExtrasOf<K>
}[FaultCode]

export type FaultOf<K extends FaultCode> = Extract<Fault, { code: K }>
export type Answer<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly fault: Fault }

type ExtraArgs<K extends FaultCode> = K extends keyof Extras ? [extras: Extras[K]] : []

/** Makes a fault; status and domain come from the table. */
export function fault<K extends FaultCode>(code: K, detail: string, ...extras: ExtraArgs<K>): FaultOf<K> {
  return { code, ...table[code], detail, ...extras[0] } as unknown as FaultOf<K>
}

export const faultCodes = Object.keys(table) as readonly FaultCode[]
