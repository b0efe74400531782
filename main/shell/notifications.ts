import type { DaemonEvent } from '@contract/events'
import type { Preferences } from '@contract/preferences'
import type { SessionView } from '@contract/sessions'
import type { Words } from './words'

/** Which sentence an event deserves while nobody is looking; undefined for none. */
function newsOf(event: DaemonEvent): 'answered' | 'failed' | undefined {
  if (event.type !== 'run.ended') return undefined
  if (event.run.status === 'completed') return 'answered'
  return event.run.status === 'failed' ? 'failed' : undefined
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

/** Tells the person about a run that ended behind their back, when they want that. Never throws. */
export async function notify(needs: NotificationNeeds, event: DaemonEvent): Promise<void> {
  const news = newsOf(event)
  if (event.type !== 'run.ended' || news === undefined || needs.isFocused()) return
  try {
    if (!(await needs.preferences()).notify_when_done) return
    const id = event.run.session_id
    const { title } = await needs.session(id)
    const words = needs.words()
    needs.show(title || words.untitled, words[news], () => needs.openSession(id))
  } catch {
    // The chat was deleted or the daemon is stopping: there is nothing to tell.
  }
}
