import type { SessionId } from '@contract/ids'
import type { SessionView } from '@contract/sessions'

/** Newest first; of two as new, the greater id first: the daemon's own order. */
function compareSessions(a: SessionView, b: SessionView): number {
  if (a.updated_at_ms !== b.updated_at_ms) return b.updated_at_ms - a.updated_at_ms
  return a.session_id < b.session_id ? 1 : a.session_id > b.session_id ? -1 : 0
}

/**
 * The list with this session where it belongs. While there is more to load, one that is older than the last row is
 * left for its page. A session that stays in place costs one copy of the list.
 */
export function placeSession(
  rows: readonly SessionView[],
  session: SessionView,
  hasMore: boolean,
): readonly SessionView[] {
  const at = rows.findIndex((row) => row.session_id === session.session_id)
  const old = rows[at]
  if (old && old.updated_at_ms === session.updated_at_ms) return rows.with(at, session)
  const others = old ? rows.toSpliced(at, 1) : rows
  const before = others.findIndex((row) => compareSessions(session, row) < 0)
  if (before >= 0) return others.toSpliced(before, 0, session)
  return hasMore && !old ? others : [...others, session]
}

export const dropSession = (rows: readonly SessionView[], id: SessionId): readonly SessionView[] =>
  rows.filter((row) => row.session_id !== id)

/** Joins a page to what is there; events may have brought some of its rows already. */
export function addPage(rows: readonly SessionView[], page: readonly SessionView[]): readonly SessionView[] {
  const known = new Set(rows.map((row) => row.session_id))
  return [...rows, ...page.filter((row) => !known.has(row.session_id))]
}
