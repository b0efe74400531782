import type { CostReport, costCalls, Spending } from '@contract/costs'
import type { InputOf } from '@contract/define'
import { calendar } from '../core/pricing/calendar'
import { dayRows, keyRows, totalOf } from '../core/pricing/cost-report'
import type { World } from './world'

type CostCalls = typeof costCalls

const usualSpan = 30 * 24 * 60 * 60 * 1_000

/** `costs.*`: what was spent, on what, and how much may be. */
export const costs = ({ store, clock, spending, timeZone }: CostPorts) => ({
  report: (input: InputOf<CostCalls['costs.report']>): CostReport => {
    // What ended in this very millisecond counts too.
    const { group_by, to_ms = clock.now() + 1 } = input
    const span = { from_ms: input.from_ms ?? to_ms - usualSpan, to_ms }
    if (group_by === 'day') {
      const quarters = store.costs.quarters(span)
      const days = calendar(input.time_zone ?? timeZone())
      return { group_by, ...span, rows: dayRows(quarters, days), total: totalOf(quarters) }
    }
    const sums = store.costs.by(group_by, span)
    return { group_by, ...span, rows: keyRows(sums), total: totalOf(sums) }
  },

  spending: (): Spending => spending.view(),

  /** What runs is left alone; what is queued is looked at when its turn comes. */
  setLimit: ({ limit }: InputOf<CostCalls['costs.setLimit']>): Spending => {
    store.costs.setLimit(limit)
    spending.changed()
    return spending.view()
  },
})

type CostPorts = Pick<World, 'store' | 'clock' | 'spending' | 'timeZone'>
