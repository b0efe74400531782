import type { AnyEvent } from '@contract/events'
import type { Answer, Fault } from '@contract/fault'
import type { SessionId } from '@contract/ids'
import { firstPage } from '@contract/opening'
import type { SearchHit, SessionView } from '@contract/sessions'
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { RendererClient } from '../../client/client'
import { addPage, dropSession, placeSession } from './chat-order'

export interface ChatListState {
  readonly phase: 'loading' | 'ready' | 'failed'
  readonly fault: Fault | null
  /** Newest first, as far as loaded. */
  readonly rows: readonly SessionView[]
  readonly total: number
  readonly hasMore: boolean
  readonly query: string
  /** Null while there is no query, or until its first answer. */
  readonly hits: readonly SearchHit[] | null
}

export interface ChatListActions {
  /** From the top again: at the start, and when the daemon was exchanged. */
  load(): Promise<void>
  loadMore(): Promise<void>
  /** Answers the hits that belong to this query, or null when another one overtook it. */
  search(query: string): Promise<readonly SearchHit[] | null>
  rename(id: SessionId, title: string): Promise<Answer<SessionView>>
  /** Hidden at once; back again when the daemon refuses. */
  remove(id: SessionId): Promise<Answer<unknown>>
  restore(id: SessionId): Promise<Answer<SessionView>>
  hear(event: AnyEvent): void
}

export type ChatListStore = StoreApi<ChatListState> & ChatListActions

const nextPage = 400

/** The side bar's list: loaded by pages, kept right by events, never fetched twice. */
export function createChatListStore(client: RendererClient): ChatListStore {
  const store = createStore<ChatListState>(() => ({
    phase: 'loading',
    fault: null,
    rows: [],
    total: 0,
    hasMore: false,
    query: '',
    hits: null,
  }))
  let isLoadingMore = false
  let generation = 0

  const place = (session: SessionView): void => {
    store.setState(({ rows, hasMore, hits, total }) => ({
      rows: placeSession(rows, session, hasMore),
      total: hasMore || rows.some((row) => row.session_id === session.session_id) ? total : rows.length + 1,
      hits:
        hits?.map((hit) =>
          hit.session_id === session.session_id && hit.title !== session.title
            ? { ...hit, title: session.title }
            : hit,
        ) ?? null,
    }))
  }
  const drop = (id: SessionId): void => {
    store.setState(({ rows, hits, total }) => ({
      rows: dropSession(rows, id),
      total: rows.some((row) => row.session_id === id) ? total - 1 : total,
      hits: hits?.filter((hit) => hit.session_id !== id) ?? null,
    }))
  }

  return Object.assign(store, {
    async load() {
      const mine = ++generation
      store.setState({ phase: 'loading', fault: null, rows: [], hasMore: false, query: '', hits: null })
      const answer = await client.ask['sessions.list']({ limit: firstPage.sessions })
      if (mine !== generation) return
      if (!answer.ok) return store.setState({ phase: 'failed', fault: answer.fault })
      const { sessions, total } = answer.value
      // Events may have come first.
      store.setState(({ rows }) => ({
        phase: 'ready',
        rows: sessions.reduce(
          (all, session) => (rows.length ? placeSession(all, session, false) : all),
          rows.length ? rows : sessions,
        ),
        total,
        hasMore: sessions.length === firstPage.sessions,
      }))
    },

    async loadMore() {
      const { rows, hasMore, phase } = store.getState()
      const last = rows.at(-1)
      if (!hasMore || isLoadingMore || phase !== 'ready' || !last) return
      isLoadingMore = true
      const mine = generation
      const before = { updated_at_ms: last.updated_at_ms, session_id: last.session_id }
      const answer = await client.ask['sessions.list']({ limit: nextPage, before })
      isLoadingMore = false
      if (mine !== generation || !answer.ok) return
      const { sessions, total } = answer.value
      store.setState((state) => ({
        rows: addPage(state.rows, sessions),
        total,
        hasMore: sessions.length === nextPage,
      }))
    },

    async search(query: string) {
      store.setState({ query, ...(query.trim() === '' ? { hits: null } : {}) })
      if (query.trim() === '') return null
      const answer = await client.ask['sessions.search']({ query: query.trim(), limit: 100 })
      if (store.getState().query !== query) return null
      const hits = answer.ok ? answer.value.hits : []
      store.setState({ hits })
      return hits
    },

    async rename(id: SessionId, title: string) {
      const answer = await client.ask['sessions.rename']({ session_id: id, title })
      if (answer.ok) place(answer.value)
      return answer
    },

    async remove(id: SessionId) {
      const row = store.getState().rows.find((session) => session.session_id === id)
      drop(id)
      const answer = await client.ask['sessions.delete']({ session_id: id })
      if (!answer.ok && row) place(row)
      return answer
    },

    async restore(id: SessionId) {
      const answer = await client.ask['sessions.restore']({ session_id: id })
      if (answer.ok) place(answer.value)
      return answer
    },

    hear(event: AnyEvent) {
      if (event.type === 'session.changed') place(event.session)
      else if (event.type === 'session.deleted') drop(event.session_id)
    },
  })
}
