import type { ProviderTrouble } from '@contract/fault'

/** At most this many automatic retries of one run (API reference 1.8). */
export const maxRetries = 2

/** What has broken down or answers nobody gets one more try, what is only busy all of them (API reference 1.5). */
export const retriesFor = (kind: ProviderTrouble['kind']): number =>
  kind === 'timeout' || kind === 'provider_down' ? 1 : maxRetries

/** Longer than this nobody waits in silence: the run fails and says when it may be tried again. Milliseconds. */
export const longestWait = 60_000

const firstWait = 1_000
const longestGuess = 30_000

/**
 * Milliseconds to wait before retry number `retry` (0-based), or undefined when waiting is pointless.
 * The provider's own `retry_after_ms` is taken as it is; a guess doubles, and `chance` (0 to 1) spreads callers.
 */
export function backoff(retry: number, retryAfterMs: number | undefined, chance: number): number | undefined {
  if (retry >= maxRetries) return undefined
  if (retryAfterMs !== undefined) return retryAfterMs <= longestWait ? Math.max(0, retryAfterMs) : undefined
  const guess = Math.min(longestGuess, firstWait * 2 ** retry)
  return Math.round(guess * (0.5 + chance / 2))
}
