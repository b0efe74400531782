import type { MessageId, RunId, SessionId } from '@contract/ids'
import type { SessionView } from '@contract/sessions'
import { cut } from '../core/runs/title'
import { findMessage, findSession } from './find'
import type { World } from './world'

interface Input {
  readonly session_id: SessionId
  readonly message_id: MessageId
}

/** `sessions.branch`: a chat of its own with a copy of the path up to the message, on the same route and terms. */
export const branchSession =
  ({ store, ids, clock, publish }: Pick<World, 'store' | 'ids' | 'clock' | 'publish'>) =>
  ({ session_id, message_id }: Input): SessionView => {
    const from = findSession(store, session_id)
    findMessage(store, session_id, message_id)
    const session = store.transaction(() => {
      const { session_id: to } = store.sessions.create({
        session_id: ids.next('session') as SessionId,
        title: from.title === '' ? '' : cut(`${from.title} (branch)`, 200),
        at_ms: clock.now(),
      })
      const leaf = store.messages.copyPath(
        message_id,
        to,
        () => ids.next('message') as MessageId,
        () => ids.next('run') as RunId,
      )
      store.requestSettings.set(
        { kind: 'session', session_id: to },
        store.requestSettings.get({ kind: 'session', session_id }),
      )
      return store.sessions.update(to, {
        head_message_id: leaf,
        ...(from.provider === undefined ? {} : { provider: from.provider }),
        ...(from.model === undefined ? {} : { model: from.model }),
      })
    })
    publish({ type: 'session.changed', session })
    return session
  }
