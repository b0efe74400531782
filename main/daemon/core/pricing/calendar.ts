/** Days and months as a place on earth counts them, clock changes and skipped days included. */
export interface Calendar {
  /** `2026-11-23`. */
  dayOf(at_ms: number): string
  /** The day or month around an instant, half-open. */
  around(at_ms: number, period: Period): Span
}
export type Period = 'day' | 'month'

/** Milliseconds since the epoch. */
export interface Span {
  readonly from_ms: number
  readonly to_ms: number
}

const minute = 60_000
const hour = 60 * minute
/** No period is longer than this, however often its clocks were set back. */
const longest: Readonly<Record<Period, number>> = { day: 50 * hour, month: 33 * 24 * hour }

/** `zone` is an IANA name. Throws a `RangeError` for anything else. */
export function calendar(zone: string): Calendar {
  const format = new Intl.DateTimeFormat('en-US-u-ca-gregory-nu-latn', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  })
  function dayOf(at_ms: number): string {
    const said: Record<string, string> = {}
    for (const { type, value } of format.formatToParts(at_ms)) said[type] = value
    return `${(said['year'] ?? '').padStart(4, '0')}-${said['month'] ?? ''}-${said['day'] ?? ''}`
  }
  const nameOf: Readonly<Record<Period, (at_ms: number) => string>> = {
    day: dayOf,
    month: (at_ms) => dayOf(at_ms).slice(0, 7),
  }
  return {
    dayOf,
    around(at_ms, period) {
      const name = nameOf[period]
      const here = name(at_ms)
      const isHere = (at: number) => name(at) === here
      // Clocks change on whole minutes.
      const at = Math.floor(at_ms / minute) * minute
      return {
        from_ms: edge(at, at - longest[period], isHere),
        to_ms: edge(at, at + longest[period], isHere) + minute,
      }
    },
  }
}

/** The last minute inside on the way from `inside` to `outside`. */
function edge(inside: number, outside: number, isInside: (at: number) => boolean): number {
  let [near, far] = [inside, outside]
  while (Math.abs(far - near) > minute) {
    const middle = Math.round((near + far) / 2 / minute) * minute
    if (isInside(middle)) near = middle
    else far = middle
  }
  return near
}
