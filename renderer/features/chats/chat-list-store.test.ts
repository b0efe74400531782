import { fault } from '@contract/fault'
import type { SessionId } from '@contract/ids'
import type { SessionView } from '@contract/sessions'
import { expect, test } from 'vitest'
import { createFakeClient, Refusal } from '../../client/fake'
import { createChatListStore } from './chat-list-store'

const chat = (at: number): SessionView => ({
  session_id: `s${at}` as SessionId,
  title: `Chat ${at}`,
  created_at_ms: at,
  updated_at_ms: at,
  head_message_id: null,
  draft: '',
  activity: 'idle',
  unread: false,
})
const all = Array.from({ length: 150 }, (_, at) => chat(150 - at))
const listing = {
  'sessions.list': ({ limit, before }: { limit: number; before?: { session_id: SessionId } | undefined }) => {
    const from = before ? all.findIndex((each) => each.session_id === before.session_id) + 1 : 0
    return { sessions: all.slice(from, from + limit), total: all.length }
  },
}

test('pages are joined, and asked for once', async () => {
  const { client, asked } = createFakeClient(listing)
  const store = createChatListStore(client)
  await store.load()
  expect(store.getState()).toMatchObject({ phase: 'ready', hasMore: true, total: 150 })
  await Promise.all([store.loadMore(), store.loadMore()])
  expect(store.getState().rows.map((row) => row.updated_at_ms)).toEqual(all.map((row) => row.updated_at_ms))
  expect(store.getState().hasMore).toBe(false)
  expect(asked).toHaveLength(2)
})

test('events change rows without another question', async () => {
  const { client, asked } = createFakeClient(listing)
  const store = createChatListStore(client)
  await store.load()
  store.hear({ type: 'session.changed', session: { ...chat(60), updated_at_ms: 999, activity: 'running' } })
  expect(store.getState().rows[0]).toMatchObject({ session_id: 's60', activity: 'running' })
  store.hear({ type: 'session.deleted', session_id: 's60' as SessionId })
  expect(store.getState().rows[0]?.session_id).toBe('s150')
  expect(asked).toHaveLength(1)
})

test('a chat that can’t be deleted comes back to its place', async () => {
  const { client } = createFakeClient({
    ...listing,
    'sessions.delete': () => new Refusal(fault('session_busy', 'Busy.')),
  })
  const store = createChatListStore(client)
  await store.load()
  await store.remove('s149' as SessionId)
  expect(store.getState().rows[1]?.session_id).toBe('s149')
})

test('only the newest search is shown', async () => {
  const answers: (() => void)[] = []
  const hit = (title: string) => ({
    session_id: 's1' as SessionId,
    message_id: null,
    title,
    at_ms: 1,
    role: 'title' as const,
    excerpt: title,
    marks: [],
  })
  const { client } = createFakeClient({
    'sessions.search': ({ query }) =>
      new Promise((resolve) => answers.push(() => resolve({ hits: [hit(query)] }))),
  })
  const store = createChatListStore(client)
  const first = store.search('a')
  const second = store.search('ab')
  answers[1]?.()
  answers[0]?.()
  expect(await first).toBe(null)
  expect(await second).toHaveLength(1)
  expect(store.getState().hits?.[0]?.title).toBe('ab')
  await store.search('')
  expect(store.getState().hits).toBe(null)
})
