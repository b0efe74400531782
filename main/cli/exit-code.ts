import type { Fault, FaultCode } from '@contract/fault'
import type { RunView } from '@contract/runs'

/** What a script can tell apart. */
export const exitCodes = {
  ok: 0,
  failed: 1,
  bad_request: 2,
  unreachable: 3,
  auth: 4,
  not_found: 5,
  conflict: 6,
  retryable: 7,
  /** Ctrl-C, as shells count it. */
  cancelled: 130,
} as const
export type Exit = keyof typeof exitCodes

/** Every fault there is; what went wrong at the provider has a table of its own. */
export const exitOfFault: Readonly<Record<Exclude<FaultCode, 'provider_error'>, Exit>> = {
  call_refused: 'bad_request',
  not_ready: 'conflict',
  daemon_unreachable: 'unreachable',
  state_root_in_use: 'conflict',
  store_unreadable: 'failed',
  storage_full: 'failed',
  bug: 'failed',

  unauthorized: 'auth',
  forbidden: 'auth',
  endpoint_not_found: 'not_found',
  body_too_large: 'bad_request',
  misdirected: 'bad_request',
  rate_limited: 'retryable',
  bind_refused: 'bad_request',

  selector_empty: 'bad_request',
  selector_model_missing: 'bad_request',
  selector_conflict: 'bad_request',
  route_unknown: 'bad_request',
  route_ambiguous: 'bad_request',
  route_not_ready: 'conflict',
  route_file_read_failed: 'bad_request',
  route_file_invalid: 'bad_request',
  route_file_changed: 'conflict',
  route_file_write_failed: 'failed',
  default_route_unresolved: 'bad_request',
  default_route_missing: 'bad_request',
  unsupported_capability: 'bad_request',
  route_auth_ref_missing: 'auth',
  route_auth_provider_mismatch: 'auth',
  api_key_env_missing: 'auth',
  api_key_env_empty: 'auth',
  api_key_env_invalid: 'auth',
  route_credentials_missing: 'auth',
  model_not_found: 'not_found',

  secret_source_invalid: 'bad_request',
  secret_not_found: 'not_found',
  secret_in_use: 'conflict',
  secret_store_unavailable: 'unreachable',
  secret_store_locked: 'unreachable',
  secret_store_unreadable: 'unreachable',
  secret_rejected: 'auth',
  sign_in_failed: 'auth',
  sign_in_cancelled: 'cancelled',

  session_not_found: 'not_found',
  session_busy: 'conflict',
  message_not_found: 'not_found',

  run_not_found: 'not_found',
  run_state_conflict: 'conflict',
  input_empty: 'bad_request',
  input_shape_conflict: 'bad_request',
  inline_asset_invalid: 'bad_request',
  capability_unsupported: 'bad_request',
  daemon_restarted: 'failed',
  daemon_stopping: 'retryable',
  spending_limit_reached: 'conflict',
  run_debug_not_found: 'not_found',
  run_debug_artifact_not_found: 'not_found',
  run_debug_artifact_unreadable: 'conflict',
  run_retention_invalid_request: 'bad_request',
  evidence_invalid: 'bad_request',

  asset_not_found: 'not_found',
  asset_empty: 'bad_request',
  asset_too_large: 'bad_request',
  unsupported_media_type: 'bad_request',
  media_type_mismatch: 'bad_request',
  asset_invalid: 'bad_request',
  folder_refused: 'bad_request',
  asset_unreadable: 'bad_request',
  asset_integrity_mismatch: 'conflict',
  asset_delete_blocked: 'conflict',
  import_cancelled: 'cancelled',

  turn_ceiling_reached: 'failed',
  outcome_unknown: 'conflict',
  image_order_invalid: 'bad_request',
  image_route_missing: 'conflict',
  image_routes_failed: 'failed',
  speech_invalid: 'bad_request',
  speech_empty: 'bad_request',
  speech_route_missing: 'conflict',
  transcription_route_missing: 'conflict',
  derivation_not_found: 'not_found',
  derivation_subject_unknown: 'not_found',
  derivation_options_invalid: 'bad_request',
  derivation_unsupported: 'bad_request',
  source_not_found: 'not_found',
  source_invalid: 'bad_request',
  observation_not_found: 'not_found',
  observation_source_blocked: 'conflict',
  observation_invalid: 'bad_request',
  observation_media_type_rejected: 'bad_request',
  observation_selection_empty: 'bad_request',
  recording_not_found: 'not_found',
  recording_invalid: 'conflict',
  approval_not_found: 'not_found',
  approval_request_not_pending: 'conflict',
  approval_duplicate_resolution: 'bad_request',
  approval_batch_empty: 'bad_request',
  approval_state_conflict: 'conflict',
  permission_rule_invalid: 'bad_request',
  permission_rule_not_found: 'not_found',

  invalid_idempotency_key: 'bad_request',
  idempotency_conflict: 'conflict',

  runtime_revision_conflict: 'conflict',
  debug_capture_key_invalid: 'bad_request',
  debug_capture_tokens_unreadable: 'bad_request',

  pin_not_honoured: 'failed',
  interrupted: 'failed',
}

/** The exit code that fits a fault. */
export const exitCodeOf = (fault: Fault): number =>
  fault.code === 'provider_error' ? ofProvider(fault) : exitCodes[exitOfFault[fault.code]]

/** The exit code of a run that is over. */
export function exitCodeOfRun({ status, error }: Pick<RunView, 'status' | 'error'>): number {
  if (status === 'completed') return exitCodes.ok
  if (status === 'cancelled') return exitCodes.cancelled
  return status === 'failed' && error ? exitCodeOf(error) : exitCodes.failed
}

function ofProvider(fault: Extract<Fault, { code: 'provider_error' }>): number {
  if (fault.kind === 'key_refused' || fault.kind === 'forbidden') return exitCodes.auth
  if (fault.kind === 'unreachable' || fault.kind === 'timeout') return exitCodes.unreachable
  return fault.retryable ? exitCodes.retryable : exitCodes.failed
}
