import type { RunId, SessionId } from '@contract/ids'
import Sqlite from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import type { CostEntry } from '../core/pricing/cost-entry'
import { totalOf } from '../core/pricing/cost-report'
import { toNanoUsd } from '../core/pricing/money'
import { migrate } from './migrate'
import { migrations } from './migrations'
import { memoryStore, sessionId } from './sample'
import { storeOn } from './store-on'

const always = { from_ms: 0, to_ms: Number.MAX_SAFE_INTEGER }
const entry = (id: string, more: Partial<CostEntry> = {}): CostEntry => ({
  run_id: id as RunId,
  at_ms: 1_000,
  session_id: 's1' as SessionId,
  route_id: 'main',
  model: 'acme/one',
  prompt_tokens: 10,
  completion_tokens: 5,
  basis: 'reported',
  nano_usd: 1,
  ...more,
})

describe('the ledger', () => {
  it('has one entry a run, and adds up without drifting', () => {
    const { costs } = memoryStore()
    costs.put(entry('r1', { basis: 'estimated', nano_usd: toNanoUsd(9) }))
    costs.put(entry('r1', { at_ms: 5_000, nano_usd: toNanoUsd(0.1) }))
    costs.put(entry('r2', { nano_usd: toNanoUsd(0.2) }))
    costs.put(entry('r3', { basis: 'unavailable', nano_usd: 0 }))
    // What was learned later belongs to when it was spent.
    expect(costs.get('r1' as RunId)).toEqual(entry('r1', { nano_usd: 100_000_000 }))
    expect(totalOf(costs.quarters(always))).toEqual({
      runs: 3,
      prompt_tokens: 30,
      completion_tokens: 15,
      reported_usd: 0.3,
      estimated_usd: 0,
      unavailable_runs: 1,
    })
    for (let at = 0; at < 1_000; at++) costs.put(entry(`more ${at}`, { nano_usd: toNanoUsd(0.1) }))
    expect(costs.spent(always)).toBe(toNanoUsd(100.3))
  })

  it('counts what lies in the span, its beginning and not its end', () => {
    const { costs } = memoryStore()
    for (const at_ms of [999, 1_000, 1_999, 2_000]) costs.put(entry(`r${at_ms}`, { at_ms }))
    expect(costs.spent({ from_ms: 1_000, to_ms: 2_000 })).toBe(2)
    expect(costs.by('model', { from_ms: 1_000, to_ms: 2_000 })).toMatchObject([{ key: 'acme/one', runs: 2 }])
    expect(costs.quarters({ from_ms: 3_000, to_ms: 4_000 })).toEqual([])
  })

  it('keeps the title of a chat that is gone, but not of one it never counted', () => {
    const { costs, sessions } = memoryStore()
    for (const id of ['s1', 's2', 's3'])
      sessions.create({ session_id: sessionId(id), title: `Chat ${id}`, at_ms: 1 })
    costs.put(entry('r1', { nano_usd: 3 }))
    costs.put(entry('r2', { session_id: sessionId('s2'), nano_usd: 2 }))
    costs.put(entry('r3', { session_id: sessionId('unknown') }))
    sessions.update(sessionId('s1'), { title: 'Renamed' })
    for (const id of ['s1', 's3']) sessions.markDeleted(sessionId(id), 1)
    sessions.purgeDeleted(2)
    const labels = costs.by('session', always).map(({ key, label }) => [key, label])
    expect(labels.sort((a, b) => (String(a) < String(b) ? -1 : 1))).toEqual([
      ['s1', 'Renamed'],
      ['s2', 'Chat s2'],
      ['unknown', ''],
    ])
    sessions.create({ session_id: sessionId('s1'), title: 'Again', at_ms: 3 })
    expect(costs.by('session', always).find(({ key }) => key === 's1')?.label).toBe('Again')
  })

  it('is read from its indexes alone, in their order, however long it is', () => {
    const db = new Sqlite(':memory:')
    const { costs } = storeOn(db, { now: () => 1, newRootId: () => 'r' })
    const fill = db.transaction(() => {
      for (let at = 0; at < 100_000; at++) {
        costs.put(
          entry(`r${at}`, {
            at_ms: at * 60_000,
            session_id: sessionId(`s${at % 997}`),
            model: `m${at % 40}`,
          }),
        )
      }
    })
    fill()
    expect(costs.by('session', always)).toHaveLength(997)
    expect(costs.by('model', always)).toHaveLength(40)
    expect(costs.quarters(always)).toHaveLength(6_667)
    expect(costs.spent(always)).toBe(100_000)
    // What the indexes hold is all that is read: the table itself may be as wide as it likes.
    const wide = /SEARCH|SCAN/
    for (const index of ['time', 'session', 'model', 'route']) {
      const key =
        index === 'time'
          ? 'at_ms'
          : index === 'route'
            ? 'route_id'
            : index === 'session'
              ? 'session_id'
              : index
      const plan = db
        .prepare<[], { detail: string }>(
          `EXPLAIN QUERY PLAN SELECT ${key}, sum(nano_usd), sum(prompt_tokens), sum(completion_tokens), min(basis)
             FROM cost_entry INDEXED BY cost_entry_by_${index} WHERE at_ms >= 1 AND at_ms < 2 GROUP BY ${key}`,
        )
        .all()
        .map(({ detail }) => detail)
      expect(plan.filter((line) => wide.test(line))).toEqual([expect.stringContaining('COVERING INDEX')])
      expect(plan.join()).not.toContain('TEMP B-TREE')
    }
    db.close()
  })
})

describe('the ledger of runs from before', () => {
  it('has what was paid, estimated or unknown, once, and none of what was refused', () => {
    const db = new Sqlite(':memory:')
    migrate(
      db,
      migrations.filter(({ number }) => number < 60),
      () => 1,
    )
    db.prepare(
      `INSERT INTO session (session_id, title, created_at_ms, updated_at_ms) VALUES ('s1', 'Chat', 1, 1)`,
    ).run()
    const add = db.prepare<[string, string, string | null, string | null, string]>(
      `INSERT INTO run (run_id, session_id, kind, status, submitted_at_ms, updated_at_ms, finished_at_ms, position,
         source_kind, route_id, model, generation, receipt, fallback_model, key_hash, fingerprint, input)
       VALUES (?, 's1', 'input', ?, 1, 2, 3, 1, 'desktop', 'main', 'acme/one', '{}', ?, ?, ?, 'v1:0', '[]')`,
    )
    const receipt = (cost: object, more: object = {}) =>
      JSON.stringify({ route_id: 'main', model: 'acme/one', cost, ...more })
    const paid = receipt({ basis: 'reported', usd: 0.1 }, { prompt_tokens: 7 })
    add.run('paid', 'completed', paid, 'acme/two', 'k1')
    add.run('guessed', 'cancelled', receipt({ basis: 'estimated', usd: 0.2 }), null, 'k2')
    add.run('unknown', 'interrupted', receipt({ basis: 'unavailable' }, { generation_id: 'g' }), null, 'k3')
    add.run('refused', 'failed', receipt({ basis: 'unavailable' }), null, 'k4')
    add.run('branch', 'completed', paid, null, 'copied:branch')
    add.run('running', 'running', paid, null, 'k5')
    add.run('waiting', 'queued', null, null, 'k6')
    const { costs, runs } = storeOn(db, { now: () => 1, newRootId: () => 'r' })
    expect(costs.by('session', always)).toEqual([
      {
        key: 's1',
        label: 'Chat',
        runs: 3,
        prompt_tokens: 7,
        completion_tokens: 0,
        reported: 100_000_000,
        estimated: 200_000_000,
        unavailable_runs: 1,
      },
    ])
    expect(runs.get('paid' as RunId)?.fallback_models).toEqual(['acme/two'])
    expect(runs.get('guessed' as RunId)).not.toHaveProperty('fallback_models')
    db.close()
  })
})

describe('the limit', () => {
  it('is there, changes and goes', () => {
    const { costs } = memoryStore()
    expect(costs.limit()).toBeNull()
    costs.setLimit({ period: 'day', usd: 0.1 })
    costs.setLimit({ period: 'month', usd: 12.34 })
    expect(costs.limit()).toEqual({ period: 'month', usd: 12.34 })
    costs.setLimit(null)
    expect(costs.limit()).toBeNull()
  })

  it('is never rounded away', () => {
    const { costs } = memoryStore()
    costs.setLimit({ period: 'day', usd: 1e-12 })
    expect(costs.limit()?.usd).toBeGreaterThan(0)
  })
})
