import type { SourceId } from '@contract/ids'
import type { SourceAudit } from '@contract/observations'
import type { Database } from 'better-sqlite3'

/** Lines that are kept of one source, and how often somebody looks whether there are more. */
const kept = 10_000
const lookEvery = 200

/** What happened at sources, the newest lines of each; they outlive it. */
export function noted(db: Database) {
  const insert = db.prepare<[{ source_id: string; at_ms: number; event: string; data: string | null }]>(
    `INSERT INTO source_audit (source_id, at_ms, event, data) VALUES (@source_id, @at_ms, @event, @data)`,
  )
  const forget = db.prepare<[{ source_id: string }]>(
    `DELETE FROM source_audit WHERE source_id = @source_id AND seq <= (
       SELECT seq FROM source_audit WHERE source_id = @source_id ORDER BY seq DESC LIMIT 1 OFFSET ${kept})`,
  )
  const list = db.prepare<[string, number], Omit<SourceAudit, 'data'> & { readonly data: string | null }>(
    `SELECT seq, source_id, at_ms, event, data FROM source_audit WHERE source_id = ? ORDER BY seq DESC LIMIT ?`,
  )
  return {
    note(source_id: SourceId, at_ms: number, event: string, data?: Readonly<Record<string, unknown>>): void {
      const { lastInsertRowid } = insert.run({
        source_id,
        at_ms,
        event,
        data: data ? JSON.stringify(data) : null,
      })
      if (Number(lastInsertRowid) % lookEvery === 0) forget.run({ source_id })
    },
    /** Newest first. */
    audited: (source_id: SourceId, limit: number): readonly SourceAudit[] =>
      list
        .all(source_id, limit)
        .map(({ data, ...line }) =>
          data === null ? line : { ...line, data: JSON.parse(data) as Record<string, unknown> },
        ),
  }
}
