/** Dates, numbers and money as a person of `locale` writes them. Times in milliseconds; the caller brings the clock. */

const cache = new Map<string, unknown>()
/** `Intl` objects cost about 50 µs each to make, too much for a long list. */
function once<T>(key: string, make: () => T): T {
  if (!cache.has(key)) cache.set(key, make())
  return cache.get(key) as T // Only `make` of the same key puts it there.
}

/** Writing the first number and the first date takes some 10 ms; this is for a moment when nobody waits. */
export function warmFormats(locale: string): void {
  formatNumber(0, locale)
  formatMonth(1970, 0, 0, locale)
}

export function formatNumber(value: number, locale: string): string {
  return once(`n:${locale}`, () => new Intl.NumberFormat(locale)).format(value)
}

/** `128K`, `1.05M`: as context sizes are spoken of. */
export function formatCompact(value: number, locale: string): string {
  return once(
    `c:${locale}`,
    () => new Intl.NumberFormat(locale, { notation: 'compact', maximumSignificantDigits: 3 }),
  ).format(value)
}

const byteUnits = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const

/** `512 bytes`, `1.4 MB`: in steps of a thousand, as file browsers count. */
export function formatBytes(bytes: number, locale: string): string {
  const at = bytes < 1 ? 0 : Math.min(byteUnits.length - 1, Math.floor(Math.log10(bytes) / 3))
  const unit = byteUnits[at] ?? 'byte'
  return once(
    `b:${locale}:${unit}`,
    () =>
      new Intl.NumberFormat(locale, {
        style: 'unit',
        unit,
        // The short form of a byte knows no plural.
        unitDisplay: unit === 'byte' ? 'long' : 'short',
        maximumSignificantDigits: 3,
      }),
  ).format(bytes / 1000 ** at)
}

/** US dollars with as many digits as say something: `$0.0012`, `$3`, `$12.50`. */
export function formatUsd(usd: number, locale: string): string {
  if (usd > 0 && usd < 0.000001) return `<${formatUsd(0.000001, locale)}`
  const small = Math.abs(usd) < 0.1 && usd !== 0
  return once(
    `u:${locale}:${small}`,
    () =>
      new Intl.NumberFormat(locale, {
        style: 'currency',
        currency: 'USD',
        currencyDisplay: 'narrowSymbol',
        ...(small
          ? {
              maximumSignificantDigits: 2,
              minimumFractionDigits: 2,
              roundingPriority: 'morePrecision' as const,
            }
          : { minimumFractionDigits: 2, maximumFractionDigits: 2 }),
      }),
  ).format(usd)
}

/** `850 ms`, `4.2 s`, `1 min 5 s`. */
export function formatDuration(ms: number, locale: string): string {
  const unit = (name: 'millisecond' | 'second' | 'minute' | 'hour', digits: number) =>
    once(
      `d:${locale}:${name}:${digits}`,
      () =>
        new Intl.NumberFormat(locale, {
          style: 'unit',
          unit: name,
          unitDisplay: 'short',
          maximumFractionDigits: digits,
        }),
    )
  if (ms < 1000) return unit('millisecond', 0).format(Math.max(0, Math.round(ms)))
  if (ms < 59_950) return unit('second', 1).format(ms / 1000)
  const seconds = Math.round(ms / 1000)
  if (seconds < 3600) {
    return `${unit('minute', 0).format(Math.floor(seconds / 60))} ${unit('second', 0).format(seconds % 60)}`
  }
  const minutes = Math.round(seconds / 60)
  return `${unit('hour', 0).format(Math.floor(minutes / 60))} ${unit('minute', 0).format(minutes % 60)}`
}

const spans = [
  ['year', 31_557_600_000],
  ['month', 2_629_800_000],
  ['week', 604_800_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const

/** `3 hours ago`, `yesterday`, `now`. */
export function formatAgo(thenMs: number, nowMs: number, locale: string): string {
  const format = once(`r:${locale}`, () => new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }))
  const gap = thenMs - nowMs
  for (const [unit, size] of spans) {
    if (Math.abs(gap) >= size) return format.format(Math.trunc(gap / size), unit)
  }
  return format.format(0, 'second')
}

/** Date and time of a moment, for tooltips and receipts. */
export function formatMoment(ms: number, locale: string): string {
  return once(
    `m:${locale}`,
    () => new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }),
  ).format(ms)
}

/** The group a chat belongs to: fixed words, or the month it is from. */
export type DayGroup =
  | { readonly kind: 'today' | 'yesterday' | 'previous_week' }
  | { readonly kind: 'month'; readonly year: number; /** 0 to 11. */ readonly month: number }

/** By local calendar days, not by spans of 24 hours. A clock set back counts as today. */
export function dayGroup(ms: number, nowMs: number): DayGroup {
  const starts = startsOf(nowMs)
  if (ms >= starts.today) return { kind: 'today' }
  if (ms >= starts.yesterday) return { kind: 'yesterday' }
  if (ms >= starts.week) return { kind: 'previous_week' }
  const then = new Date(ms)
  return { kind: 'month', year: then.getFullYear(), month: then.getMonth() }
}

/** When a group begins and ends; whoever goes through many moments in their order asks once for each group. */
export function dayGroupSpan(group: DayGroup, nowMs: number): { readonly from: number; readonly to: number } {
  const starts = startsOf(nowMs)
  if (group.kind === 'month') {
    const startOf = (month: number): number => new Date(group.year, month, 1).getTime()
    return { from: startOf(group.month), to: Math.min(startOf(group.month + 1), starts.week) }
  }
  return {
    today: { from: starts.today, to: Number.POSITIVE_INFINITY },
    yesterday: { from: starts.yesterday, to: starts.today },
    previous_week: { from: starts.week, to: starts.yesterday },
  }[group.kind]
}

let lastStarts = { nowMs: Number.NaN, today: 0, yesterday: 0, week: 0 }
/** The same for every chat of a list. */
function startsOf(nowMs: number): typeof lastStarts {
  if (lastStarts.nowMs === nowMs) return lastStarts
  const now = new Date(nowMs)
  const startOf = (daysBack: number): number =>
    new Date(now.getFullYear(), now.getMonth(), now.getDate() - daysBack).getTime()
  lastStarts = { nowMs, today: startOf(0), yesterday: startOf(1), week: startOf(7) }
  return lastStarts
}

/** `October`, or `October 2025` when it is not this year. */
export function formatMonth(year: number, month: number, nowMs: number, locale: string): string {
  const thisYear = new Date(nowMs).getFullYear() === year
  return once(
    `M:${locale}:${thisYear}`,
    () => new Intl.DateTimeFormat(locale, { month: 'long', ...(thisYear ? {} : { year: 'numeric' }) }),
  ).format(new Date(year, month, 15))
}
