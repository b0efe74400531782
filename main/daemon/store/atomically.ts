import type { Database } from 'better-sqlite3'

/**
 * Makes work all or nothing. Inside a transaction it becomes part of it: one undo for everything, and no savepoint,
 * at each of which the word index would write itself out.
 */
export function atomically<Given extends unknown[], T>(
  db: Database,
  work: (...given: Given) => T,
): (...given: Given) => T {
  const alone = db.transaction(work)
  return (...given) => (db.inTransaction ? work(...given) : alone.immediate(...given))
}
