import type { Fault, FaultCode, ProviderTrouble } from '@contract/fault'
import { faultEnglish } from './fault-english'
import { faultGerman } from './fault-german'
import { fileTrouble } from './file-troubles'
import { formatBytes } from './format'
import { mediaName } from './media-names'
import { addWords, formatLocale, say, type Say } from './words'

export type FaultOffer = 'retry' | 'open-keys' | 'open-models' | 'open-routes' | 'open-costs'

export interface FaultWords {
  readonly title: string
  /** One or two sentences; may be empty. */
  readonly body: string
  /** The provider's own sentence, where the body does not have it already. */
  readonly said?: string
  /** What fits, the best first. */
  readonly offers: readonly FaultOffer[]
}

/** `useWords(faultCatalogue)` gives the `t` that follows a change of language. */
export const faultCatalogue = addWords('fault', { en: faultEnglish, de: faultGerman })

/** What to say of a fault and what to offer. A code that this window does not know yet says the daemon's own sentence. */
export function faultWords(fault: Fault, t: Say<typeof faultEnglish> = say(faultCatalogue)): FaultWords {
  if (fault.code === 'provider_error') return troubleWords(fault, t)
  if (!Object.hasOwn(codeOffers, fault.code)) {
    return { title: t('unknown.title'), body: fault.detail, offers: ['retry'] }
  }
  const values = {
    detail: fault.detail,
    ref: 'ref' in fault && typeof fault.ref === 'string' ? fault.ref : '',
    route: 'route_id' in fault && fault.route_id !== undefined ? fault.route_id : t('route'),
    slot: 'slot_id' in fault ? fault.slot_id : '',
    ...('limit' in fault ? { limit: bytes(fault.limit), size: bytes(fault.byte_length) } : {}),
    ...('found' in fault ? { declared: mediaName(fault.declared), found: mediaName(fault.found) } : {}),
  }
  const trouble = fault.code === 'asset_invalid' ? fileTrouble(fault.check) : undefined
  const key = trouble === undefined ? (`code.${fault.code}` as const) : (`file.${trouble}` as const)
  return {
    title: t(`${key}.title`, values),
    body: tidy(t(`${key}.body`, values)),
    offers: codeOffers[fault.code],
  }
}

const bytes = (count: number): string => formatBytes(count, formatLocale())

function troubleWords(fault: Fault & ProviderTrouble, t: Say<typeof faultEnglish>): FaultWords {
  const known = Object.hasOwn(troubleOffers, fault.kind)
  const seconds = fault.retry_after_ms === undefined ? 0 : Math.ceil(fault.retry_after_ms / 1000)
  const values = {
    provider: fault.provider ?? t('provider'),
    model: fault.model ?? t('model'),
    said: fault.said ?? fault.detail,
    wait: seconds > 0 ? t('wait', { count: seconds }) : '',
  }
  const kind = known ? fault.kind : 'unknown'
  const offers = troubleOffers[kind]
  const body = tidy(t(`trouble.${kind}.body`, values)) || fault.detail
  const said = tidy(fault.said ?? '')
  return {
    title: t(`trouble.${kind}.title`, values),
    body,
    ...(said === '' || body.includes(said) ? {} : { said }),
    offers: fault.retryable && !offers.includes('retry') ? ['retry', ...offers] : offers,
  }
}

const tidy = (text: string): string => text.replaceAll(/\s+/g, ' ').trim()

const retry = ['retry'] as const
const none = [] as const
const routes = ['open-routes'] as const
const keys = ['open-keys'] as const
const models = ['open-models'] as const

const codeOffers: Readonly<Record<Exclude<FaultCode, 'provider_error'>, readonly FaultOffer[]>> = {
  call_refused: none,
  not_ready: retry,
  state_root_in_use: retry,
  store_unreadable: retry,
  storage_full: retry,
  bug: retry,
  selector_empty: models,
  selector_model_missing: models,
  selector_conflict: models,
  route_unknown: ['open-models', 'open-routes'],
  route_ambiguous: ['open-models', 'open-routes'],
  route_not_ready: ['open-keys', 'open-models'],
  route_file_read_failed: routes,
  route_file_invalid: routes,
  default_route_unresolved: routes,
  default_route_missing: routes,
  unsupported_capability: routes,
  route_auth_ref_missing: keys,
  route_auth_provider_mismatch: ['open-keys', 'open-routes'],
  api_key_env_missing: routes,
  api_key_env_empty: routes,
  api_key_env_invalid: routes,
  route_credentials_missing: routes,
  secret_source_invalid: none,
  secret_not_found: keys,
  secret_in_use: routes,
  secret_store_unavailable: ['retry', 'open-keys'],
  secret_store_locked: ['retry', 'open-keys'],
  secret_store_unreadable: ['retry', 'open-keys'],
  secret_rejected: none,
  sign_in_failed: retry,
  sign_in_cancelled: retry,
  session_not_found: none,
  session_busy: retry,
  message_not_found: none,
  run_not_found: none,
  run_state_conflict: none,
  input_empty: none,
  input_shape_conflict: none,
  inline_asset_invalid: none,
  asset_not_found: none,
  asset_empty: none,
  asset_too_large: none,
  unsupported_media_type: none,
  media_type_mismatch: none,
  asset_invalid: none,
  folder_refused: none,
  asset_unreadable: retry,
  asset_integrity_mismatch: none,
  asset_delete_blocked: none,
  import_cancelled: retry,
  capability_unsupported: models,
  daemon_restarted: retry,
  daemon_stopping: retry,
  invalid_idempotency_key: retry,
  idempotency_conflict: retry,
  runtime_revision_conflict: retry,
  daemon_unreachable: retry,
  unauthorized: none,
  forbidden: none,
  endpoint_not_found: none,
  body_too_large: none,
  misdirected: none,
  rate_limited: retry,
  bind_refused: none,
  route_file_changed: none,
  route_file_write_failed: none,
  model_not_found: models,
  spending_limit_reached: ['open-costs'],
  run_debug_not_found: none,
  run_debug_artifact_not_found: none,
  run_debug_artifact_unreadable: none,
  run_retention_invalid_request: none,
  evidence_invalid: none,
  debug_capture_key_invalid: none,
  debug_capture_tokens_unreadable: none,
  pin_not_honoured: ['retry', 'open-models'],
  turn_ceiling_reached: none,
  outcome_unknown: retry,
  image_order_invalid: none,
  image_route_missing: ['open-routes', 'open-models'],
  image_routes_failed: ['retry', 'open-models'],
  speech_invalid: none,
  speech_empty: none,
  speech_route_missing: routes,
  transcription_route_missing: routes,
  derivation_not_found: none,
  derivation_subject_unknown: none,
  derivation_options_invalid: none,
  derivation_unsupported: none,
  source_not_found: none,
  source_invalid: none,
  observation_not_found: none,
  observation_source_blocked: none,
  observation_invalid: none,
  observation_media_type_rejected: none,
  observation_selection_empty: none,
  recording_not_found: none,
  recording_invalid: none,
  approval_not_found: none,
  approval_request_not_pending: none,
  approval_duplicate_resolution: none,
  approval_batch_empty: none,
  approval_state_conflict: none,
  permission_rule_invalid: none,
  permission_rule_not_found: none,
  interrupted: retry,
}

const troubleOffers: Readonly<Record<ProviderTrouble['kind'], readonly FaultOffer[]>> = {
  unreachable: retry,
  timeout: retry,
  cut_short: retry,
  rate_limited: ['retry', 'open-models'],
  daily_limit: ['open-models', 'open-keys'],
  payment: ['open-models', 'open-keys'],
  key_refused: keys,
  forbidden: ['open-models', 'open-keys'],
  no_endpoint: models,
  too_large: models,
  context_length: models,
  policy: models,
  bad_request: models,
  overloaded: ['retry', 'open-models'],
  provider_down: ['retry', 'open-models'],
  malformed: retry,
  no_image: ['retry', 'open-models'],
  no_audio: ['retry', 'open-models'],
  no_text: ['retry', 'open-models'],
  unknown: models,
}
