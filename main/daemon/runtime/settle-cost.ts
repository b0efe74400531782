import { costEntryOf } from '../core/pricing/cost-entry'
import { maySettle, settleReceipt } from '../core/runs/receipt'
import { billedModel } from '../core/runs/served'
import type { RunRecord } from '../ports/store'
import type { RunPorts } from './run-ports'

/** Milliseconds before each look-up; the record lags behind the answer (API reference 6.6). */
export const lookups = [1_000, 3_000, 10_000, 60_000] as const

/** An older answer's record is there or never will be. Milliseconds. */
const lag = lookups.reduce<number>((sum, wait) => sum + wait, 0)

/** How far back a start looks for costs that the daemon before it did not live to learn. Milliseconds. */
export const settleWithin = 7 * 24 * 60 * 60 * 1_000
/** From ready to the look for such runs, milliseconds: it reads all of them, and the first screen comes first. */
export const settlePause = 1_000

/**
 * Asks the provider what an answer cost whose accounting never came: stopped, cut, or from a process that ended.
 * Turns its receipt into a reported one. Gives up quietly; an answer from longer ago is asked for once.
 */
export async function settleCost(on: RunPorts, run: RunRecord, signal: AbortSignal): Promise<void> {
  const { receipt } = run
  if (receipt?.generation_id === undefined || !maySettle(receipt)) return
  const age = on.clock.now() - (run.finished_at_ms ?? 0)
  for (const wait of age > lag ? lookups.slice(0, 1) : lookups) {
    try {
      await on.clock.sleep(wait, signal)
      const leased = await on.lease(run.route_id, `session:${run.session_id}`)
      const found = await on.driver.findGeneration(leased.open(), receipt.generation_id, signal)
      if (signal.aborted) return
      const settled = found ? settleReceipt(receipt, found) : receipt
      if (settled.cost.basis === 'reported') return keep(on, { ...run, receipt: settled }, settled.cost.usd)
    } catch {
      if (signal.aborted) return
    }
  }
}

function keep({ store, clock, publish, spending }: RunPorts, run: RunRecord, usd: number | undefined): void {
  const at = clock.now()
  const known = store.transaction(() => {
    const entry = store.costs.get(run.run_id)
    const cost = entry && costEntryOf({ ...run, model: billedModel(run), at_ms: entry.at_ms })
    if (cost) store.costs.put(cost)
    // The chat may have been deleted for good meanwhile; what it cost stays counted.
    if (!store.runs.get(run.run_id) || run.receipt === undefined) return false
    store.runs.update(run.run_id, { receipt: run.receipt, updated_at_ms: at })
    store.runs.addEvent(run.run_id, { at_ms: at, kind: 'cost_settled', data: { usd } })
    if (usd !== undefined && store.sessions.get(run.session_id)) {
      store.sessions.update(run.session_id, { add_cost_usd: usd })
    }
    return true
  })
  spending.changed()
  if (!known) return
  const message = run.assistant_message_id ? store.messages.get(run.assistant_message_id) : undefined
  const session = store.sessions.get(run.session_id)
  if (message) publish({ type: 'message.changed', message })
  if (session) publish({ type: 'session.changed', session })
}
