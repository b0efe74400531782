import type { InputOf } from '@contract/define'
import type { MessageId, SessionId } from '@contract/ids'
import type { sessionCalls, Transcript } from '@contract/sessions'
import { findMessage, findSession } from './find'
import type { World } from './world'

type SessionCalls = typeof sessionCalls

/** The questions about chats that change nothing. */
export const readSessions = ({ store, queue }: Pick<World, 'store' | 'queue'>) => ({
  get: ({ session_id }: { readonly session_id: SessionId }) => findSession(store, session_id),

  list: ({ limit, before }: InputOf<SessionCalls['sessions.list']>) =>
    store.sessions.list({ limit, ...(before ? { before } : {}) }),

  transcript: (input: InputOf<SessionCalls['sessions.transcript']>): Transcript =>
    transcriptOf({ store, queue }, input.session_id, { limit: input.limit, before: input.before }),

  events: ({ session_id, after, limit }: InputOf<SessionCalls['sessions.events']>) => {
    findSession(store, session_id)
    const events = store.journal.list(session_id, { after, limit: limit + 1 })
    return { events: events.slice(0, limit), has_more: events.length > limit }
  },

  search: ({ query, session_id, limit }: InputOf<SessionCalls['sessions.search']>) => ({
    hits:
      query.trim() === '' ? [] : store.search.search({ query, limit, ...(session_id ? { session_id } : {}) }),
  }),
})

/** A page of the path that is shown, with what is active and what waits. */
export function transcriptOf(
  { store, queue }: Pick<World, 'store' | 'queue'>,
  id: SessionId,
  page: { readonly limit: number; readonly before?: MessageId | undefined },
): Transcript {
  const session = findSession(store, id)
  const { limit, before } = page
  if (before) findMessage(store, id, before)
  const { messages, has_more } = session.head_message_id
    ? store.messages.path(session.head_message_id, { limit, ...(before ? { before } : {}) })
    : { messages: [], has_more: false }
  const active = store.runs.active(id)
  return {
    session,
    messages,
    has_more,
    queued: store.runs.queued(id).map(queue.view),
    active: active ? queue.view(active) : null,
    drawing: store.runs
      .unfinished()
      .filter(({ session_id, kind }) => session_id === id && kind === 'image')
      .map(queue.view),
  }
}
