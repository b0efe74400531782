import type { ProviderTrouble } from '@contract/fault'

export type TroubleKind = ProviderTrouble['kind']

/** API reference 1.6, `metadata.error_type`. */
const byType: Readonly<Record<string, TroubleKind>> = {
  context_length_exceeded: 'context_length',
  token_limit_exceeded: 'context_length',
  string_too_long: 'context_length',
  max_tokens_exceeded: 'bad_request',
  authentication: 'key_refused',
  permission_denied: 'forbidden',
  payment_required: 'payment',
  rate_limit_exceeded: 'rate_limited',
  provider_overloaded: 'overloaded',
  provider_unavailable: 'provider_down',
  invalid_request: 'bad_request',
  invalid_prompt: 'bad_request',
  precondition_failed: 'bad_request',
  unprocessable: 'bad_request',
  not_found: 'no_endpoint',
  payload_too_large: 'too_large',
  content_policy_violation: 'policy',
  refusal: 'policy',
  invalid_image: 'bad_request',
  image_too_large: 'too_large',
  image_too_small: 'bad_request',
  unsupported_image_format: 'bad_request',
  image_not_found: 'bad_request',
  image_download_failed: 'bad_request',
  server: 'provider_down',
  server_error: 'provider_down',
  timeout: 'timeout',
}

/** API reference 1.6, `availability.code`. */
const byAvailability: Readonly<Record<string, TroubleKind>> = {
  model_not_found: 'no_endpoint',
  wrong_endpoint: 'no_endpoint',
  no_endpoints: 'no_endpoint',
  model_deprecated: 'no_endpoint',
  model_unavailable_upstream: 'no_endpoint',
  privacy_restricted: 'no_endpoint',
  constraint_filtered: 'no_endpoint',
  free_variant_ended: 'no_endpoint',
  region_restricted: 'forbidden',
  capacity_exhausted: 'rate_limited',
  temporarily_unavailable: 'overloaded',
}

/** API reference 1.5. */
const byStatus: Readonly<Record<number, TroubleKind>> = {
  400: 'bad_request',
  401: 'key_refused',
  402: 'payment',
  403: 'forbidden',
  404: 'no_endpoint',
  408: 'timeout',
  409: 'bad_request',
  412: 'bad_request',
  413: 'too_large',
  422: 'bad_request',
  429: 'rate_limited',
  503: 'overloaded',
  504: 'timeout',
  524: 'timeout',
  529: 'overloaded',
}

const passing: ReadonlySet<TroubleKind> = new Set([
  'unreachable',
  'timeout',
  'cut_short',
  'rate_limited',
  'overloaded',
  'provider_down',
])
/** Whether the same request may well succeed a moment later. */
export const isPassing = (kind: TroubleKind): boolean => passing.has(kind)

/** A used-up daily allowance looks like a momentary limit (API reference 9.6). */
const isDailyCap = (text: string, metadata: Readonly<Record<string, unknown>>): boolean =>
  (typeof metadata['limit_source'] === 'string' && metadata['limit_source'].endsWith('_daily')) ||
  /free-models-per-day|limit_rpd\//i.test(text)

export interface Clues {
  readonly status: number | undefined
  readonly type: string | undefined
  readonly availability: string | undefined
  readonly metadata: Readonly<Record<string, unknown>>
  readonly text: string
}

/** What kind of trouble an error is. The most exact clue wins; an error without any is the provider's. */
export function kindOf(clues: Clues): TroubleKind {
  const { status, type, availability, metadata, text } = clues
  if (isDailyCap(text, metadata)) return 'daily_limit'
  if (availability !== undefined && byAvailability[availability]) return byAvailability[availability]
  const typed = type === undefined ? undefined : byType[type]
  if (typed && typed !== 'bad_request') return typed
  if (Array.isArray(metadata['reasons']) || Array.isArray(metadata['patterns'])) return 'policy'
  if (status === 400 && /context (length|window)|maximum context|too many tokens/i.test(text))
    return 'context_length'
  if (typed) return typed
  if (status === undefined) return 'provider_down'
  return byStatus[status] ?? (status >= 500 ? 'provider_down' : 'unknown')
}
