import type { CostRow } from '@contract/costs'

const empty = {
  runs: 0,
  prompt_tokens: 0,
  completion_tokens: 0,
  reported_usd: 0,
  estimated_usd: 0,
  unavailable_runs: 0,
}

/** A row for each local day from `fromMs` to before `toMs`, days without a run among them. Keys are `2026-11-23`. */
export function everyDay(rows: readonly CostRow[], fromMs: number, toMs: number): readonly CostRow[] {
  const known = new Map(rows.map((row) => [row.key, row]))
  const from = new Date(fromMs)
  const days: CostRow[] = []
  for (let ahead = 0; ; ahead++) {
    // Noon: a day of 23 or 25 hours has one, too.
    const day = new Date(from.getFullYear(), from.getMonth(), from.getDate() + ahead, 12)
    if (new Date(day.getFullYear(), day.getMonth(), day.getDate()).getTime() >= toMs) return days
    const key = dayKey(day)
    days.push(known.get(key) ?? { ...empty, key, label: key })
  }
}

const two = (value: number): string => String(value).padStart(2, '0')
const dayKey = (day: Date): string => `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`

/** `2026-11-23` as a person of `locale` writes it: `Nov 23`. */
export function dayWords(key: string, locale: string): string {
  const [year = 0, month = 1, day = 1] = key.split('-').map(Number)
  return new Date(year, month - 1, day, 12).toLocaleDateString(locale, { month: 'short', day: 'numeric' })
}

/** The next round number of 1, 2 or 5 at or above `value`; 0.01 at the least. */
export function niceTop(value: number): number {
  if (!(value > 0.01)) return 0.01
  const magnitude = 10 ** Math.floor(Math.log10(value))
  const step = [1, 2, 5, 10].find((each) => value <= each * magnitude * (1 + 1e-9)) ?? 10
  return step * magnitude
}
