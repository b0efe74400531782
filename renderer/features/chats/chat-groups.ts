import type { SessionView } from '@contract/sessions'
import { dayGroup, type DayGroup } from '../../lib/format'

/** A line of the side bar. */
export type ChatRow =
  | { readonly kind: 'heading'; readonly key: string; readonly group: DayGroup }
  | {
      readonly kind: 'chat'
      readonly key: string
      readonly session: SessionView
      /** 1-based among the chats. */
      readonly place: number
    }

/** Chats, newest first, with a heading wherever the day or month changes. */
export function groupChats(sessions: readonly SessionView[], nowMs: number): readonly ChatRow[] {
  const rows: ChatRow[] = []
  let last = ''
  sessions.forEach((session, at) => {
    const group = dayGroup(session.updated_at_ms, nowMs)
    const key = group.kind === 'month' ? `${group.year}-${group.month}` : group.kind
    if (key !== last) rows.push({ kind: 'heading', key: `# ${key}`, group })
    last = key
    rows.push({ kind: 'chat', key: session.session_id, session, place: at + 1 })
  })
  return rows
}
