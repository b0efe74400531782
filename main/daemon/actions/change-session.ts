import type { InputOf } from '@contract/define'
import type { SessionId } from '@contract/ids'
import type { sessionCalls, SessionView, Transcript } from '@contract/sessions'
import { resolveRoute } from '../core/selectors/resolve-route'
import type { SessionPatch } from '../ports/store'
import { findMessage, findSession } from './find'
import { findAsset } from './read-assets'
import { transcriptOf } from './read-sessions'
import type { World } from './world'

type SessionCalls = typeof sessionCalls
type Ports = Pick<World, 'store' | 'publish' | 'queue' | 'routing'>

/** Small changes of a chat, each told to everybody but the draft, which only its writer shows. */
export function changeSession({ store, publish, queue, routing }: Ports) {
  function change(id: SessionId, patch: SessionPatch): SessionView {
    findSession(store, id)
    const session = store.sessions.update(id, patch)
    publish({ type: 'session.changed', session })
    return session
  }

  return {
    rename: ({ session_id, title }: InputOf<SessionCalls['sessions.rename']>) =>
      change(session_id, { title }),

    /** Prospective only (contract 6.3). Faults: `route_unknown`, `route_ambiguous`, `selector_empty`. */
    setRoute: ({ session_id, provider, model }: InputOf<SessionCalls['sessions.setRoute']>) => {
      findSession(store, session_id)
      const table = routing.table()
      if (table && (provider !== null || model !== null)) resolveRoute({}, { provider, model }, table)
      return change(session_id, { provider, model })
    },

    /** Fault: `asset_not_found`. */
    saveDraft: ({ session_id, draft, attachments }: InputOf<SessionCalls['sessions.saveDraft']>): void => {
      findSession(store, session_id)
      for (const id of attachments ?? []) findAsset({ store }, id)
      store.sessions.update(session_id, {
        draft,
        ...(attachments ? { draft_attachments: attachments } : {}),
      })
    },

    markSeen: ({ session_id }: InputOf<SessionCalls['sessions.markSeen']>): void => {
      if (findSession(store, session_id).unread) change(session_id, { unread: false })
    },

    /** Shows another version: the newest leaf under it. The choice itself is no news for the order of the list. */
    selectVersion: ({
      session_id,
      message_id,
    }: InputOf<SessionCalls['sessions.selectVersion']>): Transcript => {
      findMessage(store, session_id, message_id)
      change(session_id, { head_message_id: store.messages.newestLeaf(message_id) })
      return transcriptOf({ store, queue }, session_id, { limit: 60 })
    },
  }
}
