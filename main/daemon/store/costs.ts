import type { SpendingLimit } from '@contract/costs'
import type { RunId } from '@contract/ids'
import type { Database } from 'better-sqlite3'
import type { Span } from '../core/pricing/calendar'
import type { CostEntry } from '../core/pricing/cost-entry'
import type { KeyedSums, TimedSums } from '../core/pricing/cost-report'
import { toNanoUsd, toUsd } from '../core/pricing/money'
import type { CostStore } from '../ports/cost-store'
import { atomically } from './atomically'

const quarter = 15 * 60_000

const sums = `count(*) AS runs,
  sum(prompt_tokens) AS prompt_tokens,
  sum(completion_tokens) AS completion_tokens,
  sum(iif(basis = 'reported', nano_usd, 0)) AS reported,
  sum(iif(basis = 'estimated', nano_usd, 0)) AS estimated,
  sum(basis = 'unavailable') AS unavailable_runs`
// Named, or the reading order would be the planner's guess: grouping a hundred thousand entries by sorting takes thrice
// as long as reading them in order.
const from = (index: 'time' | 'session' | 'model' | 'route') =>
  `FROM cost_entry INDEXED BY cost_entry_by_${index} WHERE at_ms >= @from_ms AND at_ms < @to_ms`

/** The ledger, and how much may be spent. A run has one entry, whatever is learned about it later. */
export function costs(db: Database): CostStore {
  const put = db.prepare<[CostEntry]>(
    `INSERT INTO cost_entry (run_id, at_ms, session_id, route_id, model, prompt_tokens, completion_tokens, basis,
       nano_usd)
     VALUES (@run_id, @at_ms, @session_id, @route_id, @model, @prompt_tokens, @completion_tokens, @basis, @nano_usd)
     ON CONFLICT (run_id) DO UPDATE SET model = excluded.model, prompt_tokens = excluded.prompt_tokens,
       completion_tokens = excluded.completion_tokens, basis = excluded.basis, nano_usd = excluded.nano_usd`,
  )
  const get = db.prepare<[string], CostEntry>(`SELECT * FROM cost_entry WHERE run_id = ?`)
  const clearAwaited = db.prepare<[string]>(`DELETE FROM cost_awaited WHERE run_id = ?`)
  const addAwaited = db.prepare<[string, string]>(
    `INSERT INTO cost_awaited (run_id, generation_id) VALUES (?, ?)`,
  )
  const awaited = db
    .prepare<[string], string>(`SELECT generation_id FROM cost_awaited WHERE run_id = ?`)
    .pluck()
  const open = db
    .prepare<[number], RunId>(
      `SELECT run_id FROM cost_entry WHERE at_ms >= ? AND run_id IN (SELECT run_id FROM cost_awaited)
        ORDER BY at_ms`,
    )
    .pluck()
  const quarters = db.prepare<[Span], TimedSums>(
    `SELECT at_ms / ${quarter} * ${quarter} AS at_ms, ${sums} ${from('time')} GROUP BY 1 ORDER BY 1`,
  )
  const by = {
    model: db.prepare<[Span], KeyedSums>(`SELECT model AS key, ${sums} ${from('model')} GROUP BY model`),
    route: db.prepare<[Span], KeyedSums>(
      `SELECT route_id AS key, ${sums} ${from('route')} GROUP BY route_id`,
    ),
    session: db.prepare<[Span], KeyedSums>(
      `SELECT one.*, coalesce(nullif(session.title, ''), cost_label.title, '') AS label
         FROM (SELECT session_id AS key, ${sums} ${from('session')} GROUP BY session_id) AS one
         LEFT JOIN session ON session.session_id = one.key
         LEFT JOIN cost_label ON cost_label.session_id = one.key`,
    ),
  }
  const spent = db.prepare<[Span], number | null>(`SELECT sum(nano_usd) ${from('time')}`).pluck()
  const limit = db.prepare<[], { period: SpendingLimit['period']; nano_usd: number }>(
    `SELECT period, nano_usd FROM spending_limit`,
  )
  const setLimit = db.prepare<[string, number]>(
    `INSERT INTO spending_limit (one, period, nano_usd) VALUES (1, ?, ?)
     ON CONFLICT (one) DO UPDATE SET period = excluded.period, nano_usd = excluded.nano_usd`,
  )
  const clearLimit = db.prepare(`DELETE FROM spending_limit`)

  return {
    put: (entry) => void put.run(entry),
    get: (id: RunId) => get.get(id),
    await: atomically(db, (id: RunId, generations: readonly string[]): void => {
      clearAwaited.run(id)
      for (const each of new Set(generations)) addAwaited.run(id, each)
    }),
    awaited: (id) => awaited.all(id),
    open: (since_ms) => open.all(since_ms),
    quarters: (span) => quarters.all(span),
    by: (group, span) => by[group].all(span),
    spent: (span) => spent.get(span) ?? 0,
    limit: () => {
      const row = limit.get()
      return row ? { period: row.period, usd: toUsd(row.nano_usd) } : null
    },
    setLimit: (to) => void (to ? setLimit.run(to.period, Math.max(1, toNanoUsd(to.usd))) : clearLimit.run()),
  }
}
