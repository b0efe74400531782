import type { Fault } from '@contract/fault'

const unheard =
  /^(asset_|unsupported_media_type|media_type_mismatch|observation_|derivation_|source_|route_|transcription_route_missing|spending_limit_reached|storage_|daemon_stopping|not_ready|secret_)/

/**
 * Whether a failed derivation is written down and told again until somebody asks anew (contract 10.5): not what passes
 * (429, 5xx, the network), nor what is wrong with the recording, the subject or this machine.
 */
export function isLasting(fault: Fault): boolean {
  if (fault.code === 'provider_error')
    return !fault.retryable && fault.kind !== 'key_refused' && fault.kind !== 'payment'
  return fault.code !== 'interrupted' && !unheard.test(fault.code)
}
