import type { Fault } from '@contract/fault'

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

const aboutKeys: readonly Fault['code'][] = [
  'route_auth_ref_missing',
  'route_auth_provider_mismatch',
  'route_credentials_missing',
  'api_key_env_missing',
  'api_key_env_empty',
  'api_key_env_invalid',
  'secret_rejected',
]

/** The exit code that fits a fault. */
export function exitCodeOf(fault: Fault): number {
  if (fault.code === 'provider_error') return ofProvider(fault)
  if (aboutKeys.includes(fault.code)) return exitCodes.auth
  switch (fault.status) {
    case 400:
      return exitCodes.bad_request
    case 404:
      return exitCodes.not_found
    case 409:
      return exitCodes.conflict
    case 503:
      return exitCodes.unreachable
    default:
      return exitCodes.failed
  }
}

function ofProvider(fault: Extract<Fault, { code: 'provider_error' }>): number {
  if (fault.kind === 'key_refused' || fault.kind === 'forbidden') return exitCodes.auth
  if (fault.kind === 'unreachable' || fault.kind === 'timeout') return exitCodes.unreachable
  return fault.retryable ? exitCodes.retryable : exitCodes.failed
}
