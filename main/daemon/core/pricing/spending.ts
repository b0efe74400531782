import type { Spending, SpendingLimit } from '@contract/costs'
import type { FaultOf } from '@contract/fault'
import { fault } from '@contract/fault'
import type { Calendar, Period, Span } from './calendar'
import { toNanoUsd, toUsd } from './money'

/** Without a limit people look at their month. */
export const spendingPeriod = (limit: SpendingLimit | null): Period => limit?.period ?? 'month'

/** `spent` is what the ledger has for `span`, in billionths of a dollar. */
export const spendingOf = (limit: SpendingLimit | null, spent: number, span: Span): Spending => ({
  limit,
  spent_usd: toUsd(spent),
  period_started_at_ms: span.from_ms,
  resets_at_ms: span.to_ms,
})

/** Why nothing new is sent, if so. Reaching the limit is enough: the next run would go above it. */
export function refusalOf({
  limit,
  spent_usd,
  resets_at_ms,
}: Spending): FaultOf<'spending_limit_reached'> | undefined {
  if (!limit || toNanoUsd(spent_usd) < toNanoUsd(limit.usd)) return undefined
  const { period, usd } = limit
  return fault(
    'spending_limit_reached',
    `Your spending limit for this ${period} is reached. Nothing was sent. Raise the limit, or wait until it begins anew.`,
    { period, limit_usd: usd, spent_usd, resets_at_ms },
  )
}

/** The span of the limit's period around now. */
export const spendingSpan = (limit: SpendingLimit | null, now: number, days: Calendar): Span =>
  days.around(now, spendingPeriod(limit))
