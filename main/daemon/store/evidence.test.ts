import Sqlite from 'better-sqlite3'
import { expect, it, vi } from 'vitest'
import { evidence } from './evidence'
import { migrate } from './migrate'
import { migrations } from './migrations'
import { aRun, memoryStore, runId, sessionId } from './sample'

it('finds the evidence of runs that ended before a moment, the oldest first', () => {
  const store = memoryStore()
  store.sessions.create({ session_id: sessionId('s1'), title: '', at_ms: 1 })
  const ends = { late: 30, early: 10, middle: 20, bare: 5 }
  for (const [id, at] of Object.entries(ends)) {
    store.runs.add(aRun(id, { status: 'completed', finished_at_ms: at }))
  }
  store.runs.add(aRun('live', { status: 'running' }))
  for (const id of ['late', 'early', 'middle', 'live']) {
    for (const artifact_id of ['route-resolution', 'turn-0001-attempt-0001-model-request']) {
      const of = { run_id: runId(id), artifact_id, format: 'json', encrypted: false } as const
      store.evidence.put({ ...of, updated_at_ms: 1, truncated: false })
    }
  }
  expect(store.evidence.endedBefore(30, 9)).toEqual(['early', 'middle'])
  expect(store.evidence.endedBefore(99, 1)).toEqual(['early'])
})

it('never reads through all runs to find those with evidence', () => {
  const db = new Sqlite(':memory:')
  migrate(db, migrations, () => 1)
  const prepare = vi.spyOn(db, 'prepare')
  evidence(db)
  const reads = prepare.mock.calls.map(([sql]) => sql).filter((sql) => sql.trimStart().startsWith('SELECT'))
  prepare.mockRestore()
  const plans = reads.flatMap((sql) =>
    db
      .prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
      .all(...Array.from(sql.matchAll(/\?/g), () => 0)),
  )
  const onRuns = plans.map(({ detail }) => detail).filter((detail) => /\brun\b/.test(detail))
  expect(onRuns).toEqual([expect.stringMatching(/^SEARCH run USING .*\(run_id=\?\)$/)])
  db.close()
})
