import { fault } from '@contract/fault'
import type { SessionId } from '@contract/ids'
import type { SessionView } from '@contract/sessions'
import { Failure } from '../core/failure'
import { findSession } from './find'
import type { World } from './world'

interface Input {
  readonly session_id: SessionId
}

/** `sessions.delete`: stops what runs in it, hides it at once, and lets the purge take it later. */
export const deleteSession =
  ({ store, queue, clock, publish, purge }: Pick<World, 'store' | 'queue' | 'clock' | 'publish' | 'purge'>) =>
  ({ session_id }: Input): { readonly restorable_until_ms: number } => {
    findSession(store, session_id)
    queue.drop(session_id)
    const at = clock.now()
    store.sessions.markDeleted(session_id, at)
    publish({ type: 'session.deleted', session_id })
    return { restorable_until_ms: at + purge.schedule() }
  }

/** `sessions.restore`. Fault: `session_not_found` when it is gone for good. */
export const restoreSession =
  ({ store, publish }: Pick<World, 'store' | 'publish'>) =>
  ({ session_id }: Input): SessionView => {
    const session = store.sessions.restore(session_id)
    if (!session)
      throw new Failure(fault('session_not_found', 'This chat is gone and can’t be brought back.'))
    publish({ type: 'session.changed', session })
    return session
  }
