import Sqlite from 'better-sqlite3'
import { expect, it, vi } from 'vitest'
import { migrate } from './migrate'
import { migrations } from './migrations'
import { observations } from './observations'

it('the newest of all sources are found without a look at all that ever came', () => {
  const db = new Sqlite(':memory:')
  migrate(db, migrations, () => 1)
  const prepare = vi.spyOn(db, 'prepare')
  observations(db, { heard: () => undefined })
  const asked = prepare.mock.calls.map(([sql]) => sql)
  prepare.mockRestore()
  const list = asked.find((sql) => sql.includes('@purged')) ?? ''
  const plan = db
    .prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${list}`)
    .all({ source_id: null, stream_id: null, purged: 0, limit: 1 })
  expect(plan.map(({ detail }) => detail)).toEqual(['SCAN observation USING INDEX observation_newest'])
  db.close()
})
