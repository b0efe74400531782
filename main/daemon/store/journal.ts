import type { SessionEvent } from '@contract/sessions'
import type { Database } from 'better-sqlite3'
import type { Journal } from '../ports/store'

/** Of the envelope, so that a later shape of `data` can be told from this one. */
const version = 1

/** The append-only record of what happened in a session; offsets count from 1 (contract 6.1). */
export function journal(db: Database): Journal {
  const append = db
    .prepare<[{ session_id: string; version: number; at_ms: number; kind: string; data: string }], number>(
      `INSERT INTO journal_entry (session_id, offset, version, at_ms, kind, data)
       SELECT @session_id, coalesce(max(offset), 0) + 1, @version, @at_ms, @kind, @data
         FROM journal_entry WHERE session_id = @session_id
       RETURNING offset`,
    )
    .pluck()
  const list = db.prepare<
    [{ session_id: string; after: number; limit: number }],
    Omit<SessionEvent, 'data'> & { readonly data: string }
  >(
    `SELECT offset, at_ms, kind, data FROM journal_entry
      WHERE session_id = @session_id AND offset > @after ORDER BY offset LIMIT @limit`,
  )
  return {
    list: (session_id, page) =>
      list
        .all({ session_id, ...page })
        .map(({ data, ...entry }) => ({ ...entry, data: JSON.parse(data) as SessionEvent['data'] })),
    append: (session_id, { kind, at_ms, data }) => {
      const offset = append.get({ session_id, version, at_ms, kind, data: JSON.stringify(data) })
      if (offset === undefined) throw new Error('an insert that returned no row')
      return offset
    },
  }
}
