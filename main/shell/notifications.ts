import type { DaemonEvent } from '@contract/events'
import type { Preferences } from '@contract/preferences'
import type { SessionView } from '@contract/sessions'
import type { Words } from './words'

interface News {
  readonly session_id: string
  readonly sentence: 'answered' | 'failed' | 'waits'
}

/** Which sentence an event deserves while nobody is looking; undefined for none. */
function newsOf(event: DaemonEvent, waiting: Set<string>): News | undefined {
  if (event.type === 'approval.changed') {
    const { run_id, session_id, status } = event.approval
    if (status !== 'pending' || waiting.has(run_id)) return undefined
    waiting.add(run_id)
    return { session_id, sentence: 'waits' }
  }
  if (event.type === 'run.changed' && event.run.status !== 'waiting_for_approval')
    waiting.delete(event.run.run_id)
  if (event.type !== 'run.ended') return undefined
  const { run_id, session_id, status } = event.run
  waiting.delete(run_id)
  if (status !== 'completed' && status !== 'failed') return undefined
  return { session_id, sentence: status === 'completed' ? 'answered' : 'failed' }
}

export interface NotificationNeeds {
  readonly isFocused: () => boolean
  readonly preferences: () => Promise<Preferences>
  readonly session: (sessionId: string) => Promise<SessionView>
  readonly words: () => Words
  /** Shows it; `chosen` when it is clicked. */
  readonly show: (title: string, body: string, chosen: () => void) => void
  /** Brings the window to the front with this chat open. */
  readonly openSession: (sessionId: string) => void
}

/**
 * Tells the person about a run that ended or waits for them behind their back, when they want that: once, however many
 * of its calls wait together. Never throws.
 */
export function createNotifier(needs: NotificationNeeds): (event: DaemonEvent) => Promise<void> {
  /** Runs that wait and were looked at. */
  const waiting = new Set<string>()
  return async (event) => {
    const news = newsOf(event, waiting)
    if (news === undefined || needs.isFocused()) return
    try {
      if (!(await needs.preferences()).notify_when_done) return
      const { title } = await needs.session(news.session_id)
      const words = needs.words()
      needs.show(title || words.untitled, words[news.sentence], () => needs.openSession(news.session_id))
    } catch {
      // The chat was deleted or the daemon is stopping: there is nothing to tell.
    }
  }
}
