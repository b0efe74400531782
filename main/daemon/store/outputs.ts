import type { RunId } from '@contract/ids'
import type { OutputView } from '@contract/outputs'
import type { Database } from 'better-sqlite3'
import type { OutputStore } from '../ports/tool-store'

/** What runs showed (contract 12). */
export function outputs(db: Database): OutputStore {
  const insert = db.prepare<[{ output_id: string; run_id: RunId; record: string; created_at_ms: number }]>(
    `INSERT INTO output (output_id, run_id, number, record, created_at_ms)
     SELECT @output_id, @run_id, coalesce(max(number), 0) + 1, @record, @created_at_ms
       FROM output WHERE run_id = @run_id`,
  )
  const of = db.prepare<[RunId], string>(`SELECT record FROM output WHERE run_id = ? ORDER BY number`).pluck()
  return {
    add: (output) => {
      const { output_id, run_id, created_at_ms } = output
      insert.run({ output_id, run_id, created_at_ms, record: JSON.stringify(output) })
    },
    of: (run) => of.all(run).map((record) => JSON.parse(record) as OutputView),
  }
}
