import type { SessionId } from '@contract/ids'
import type { SessionView } from '@contract/sessions'
import type { World } from './world'

interface Input {
  readonly session_id?: SessionId | undefined
  readonly title?: string | undefined
}

/** `sessions.create`: a new chat, or the one that has the id already (contract 6.1). */
export const createSession =
  ({ store, ids, clock, publish }: Pick<World, 'store' | 'ids' | 'clock' | 'publish'>) =>
  ({ session_id, title = '' }: Input): SessionView => {
    const known = session_id && store.sessions.get(session_id)
    if (known) return known
    const session = store.sessions.create({
      session_id: session_id ?? (ids.next('session') as SessionId),
      title: title.trim(),
      at_ms: clock.now(),
    })
    publish({ type: 'session.changed', session })
    return session
  }
