import type { CostReport, CostRow } from '@contract/costs'
import type { Calendar, Span } from './calendar'
import { toUsd } from './money'

/** Entries of the ledger added up. Money in billionths of a dollar. */
export interface CostSums {
  readonly runs: number
  readonly prompt_tokens: number
  readonly completion_tokens: number
  readonly reported: number
  readonly estimated: number
  readonly unavailable_runs: number
}

/** Sums of what has one key: a session, a model, a route. */
export interface KeyedSums extends CostSums {
  readonly key: string
  readonly label?: string
}

/** Sums of the entries of one quarter of an hour; every place on earth begins its days at one. */
export interface TimedSums extends CostSums {
  readonly at_ms: number
}

/** Days ascending; `quarters` are. */
export function dayRows(quarters: readonly TimedSums[], { dayOf, around }: Calendar): readonly CostRow[] {
  const days: { key: string; span: Span; sums: CostSums[] }[] = []
  for (const sums of quarters) {
    const last = days.at(-1)
    if (last && sums.at_ms < last.span.to_ms) last.sums.push(sums)
    else days.push({ key: dayOf(sums.at_ms), span: around(sums.at_ms, 'day'), sums: [sums] })
  }
  return days.map(({ key, sums }) => ({ key, label: key, ...spell(add(sums)) }))
}

/** Dearest first; of equal ones, the one with more runs. */
export function keyRows(all: readonly KeyedSums[]): readonly CostRow[] {
  const sorted = [...all].sort((a, b) => costOf(b) - costOf(a) || b.runs - a.runs || (a.key < b.key ? -1 : 1))
  return sorted.map(({ key, label, ...sums }) => ({ key, label: label || key, ...spell(sums) }))
}

export const totalOf = (all: readonly CostSums[]): CostReport['total'] => spell(add(all))

const costOf = (sums: CostSums): number => sums.reported + sums.estimated

const nothing: CostSums = {
  runs: 0,
  prompt_tokens: 0,
  completion_tokens: 0,
  reported: 0,
  estimated: 0,
  unavailable_runs: 0,
}

const add = (all: readonly CostSums[]): CostSums =>
  all.reduce(
    (sum, one) => ({
      runs: sum.runs + one.runs,
      prompt_tokens: sum.prompt_tokens + one.prompt_tokens,
      completion_tokens: sum.completion_tokens + one.completion_tokens,
      reported: sum.reported + one.reported,
      estimated: sum.estimated + one.estimated,
      unavailable_runs: sum.unavailable_runs + one.unavailable_runs,
    }),
    nothing,
  )

const spell = ({ runs, prompt_tokens, completion_tokens, unavailable_runs, ...money }: CostSums) => ({
  runs,
  prompt_tokens,
  completion_tokens,
  reported_usd: toUsd(money.reported),
  estimated_usd: toUsd(money.estimated),
  unavailable_runs,
})
