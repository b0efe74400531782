/** A platform limit further away than this is not waited for (API reference 1.8). */
const longestReset = 120_000

/** The hints of one error answer. */
export interface RetryHints {
  readonly header: (name: string) => string | undefined
  readonly availability: Readonly<Record<string, unknown>>
  readonly metadata: Readonly<Record<string, unknown>>
}

const amount = (value: unknown): number | undefined => {
  const number =
    typeof value === 'number' ? value : typeof value === 'string' && value.trim() !== '' ? Number(value) : NaN
  return Number.isFinite(number) ? number : undefined
}

/** Seconds or an HTTP date, as milliseconds from now. */
function parseRetryAfter(value: string | undefined, now: number): number | undefined {
  if (value === undefined) return undefined
  const seconds = amount(value)
  if (seconds !== undefined) return Math.max(0, Math.round(seconds * 1000))
  const date = Date.parse(value)
  return Number.isNaN(date) ? undefined : Math.max(0, date - now)
}

/** When the platform's own limit ends, epoch milliseconds; the unit is told by its size (API reference 1.3). */
function resetAt(hints: RetryHints): number | undefined {
  const copy = hints.metadata['headers']
  const inside = typeof copy === 'object' && copy !== null ? (copy as Record<string, unknown>) : {}
  const value = amount(
    hints.header('x-ratelimit-reset') ?? inside['X-RateLimit-Reset'] ?? inside['x-ratelimit-reset'],
  )
  return value === undefined ? undefined : value > 1e12 ? value : value * 1000
}

/** How long the provider asks us to wait, in milliseconds; undefined leaves it to the caller's backoff. */
export function retryAfter(hints: RetryHints, now: number): number | undefined {
  const header = parseRetryAfter(hints.header('retry-after'), now)
  if (header !== undefined) return header
  const seconds = amount(hints.availability['retry_after'])
  if (seconds !== undefined) return Math.max(0, Math.round(seconds * 1000))
  const reset = resetAt(hints)
  if (reset === undefined) return undefined
  return reset - now <= longestReset ? Math.max(0, reset - now) : undefined
}

/** Until a daily allowance begins anew: the limit's own reset, else the next midnight UTC. */
export function untilNextDay(hints: RetryHints, now: number): number {
  const reset = resetAt(hints)
  const day = 86_400_000
  return reset !== undefined && reset > now ? reset - now : day - (now % day)
}
