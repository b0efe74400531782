import type { MessageId, SessionId } from '@contract/ids'
import type { Message } from '@contract/message'
import type { Transcript } from '@contract/sessions'
import { expect, test } from 'vitest'
import { createFakeClient, Refusal } from '../../client/fake'
import { fault } from '@contract/fault'
import { createChatStore } from './create-chat-store'

const session_id = 's1' as SessionId
const id = (place: number) => `m${place}` as MessageId
const message = (place: number): Message => ({
  message_id: id(place),
  session_id,
  parent_id: place === 0 ? null : id(place - 1),
  role: place % 2 === 0 ? 'user' : 'assistant',
  parts: [{ kind: 'text', text: `message ${place}` }],
  created_at_ms: 0,
  run_id: null,
  seen: 0,
  versions: [id(place)],
})
const page = (from: number, to: number): Transcript => ({
  session: {
    session_id,
    title: '',
    created_at_ms: 0,
    updated_at_ms: 0,
    head_message_id: null,
    draft: '',
    activity: 'idle',
    unread: false,
  },
  messages: Array.from({ length: to - from }, (_, at) => message(from + at)),
  has_more: from > 0,
  queued: [],
  active: null,
  drawing: [],
})

/** A chat of 1200 messages, and one more that stands in another version. */
function setUp(handlers: Parameters<typeof createFakeClient>[0] = {}) {
  const fake = createFakeClient({
    'sessions.markSeen': () => undefined,
    'sessions.transcript': ({ before, limit }) => {
      const to = before === undefined ? 1200 : Number(before.slice(1))
      return page(Math.max(0, to - limit), to)
    },
    ...handlers,
  })
  const store = createChatStore(fake.client, { isWatched: () => false, onNextFrame: () => () => undefined })
  return { store, fake }
}

test('leads to a message that was not loaded yet, in few strides', async () => {
  const { store, fake } = setUp()
  await store.open(session_id)
  await expect(store.point(id(3), ['message'])).resolves.toBe(true)
  expect(store.getState().order).toContain(id(3))
  expect(store.getState().pointed).toEqual({ id: id(3), words: ['message'] })
  expect(fake.asked.filter(({ name }) => name === 'sessions.transcript').length).toBeLessThan(6)
})

test('waits for a page that is already on its way', async () => {
  const { store } = setUp()
  await store.open(session_id)
  void store.loadOlder()
  await expect(store.point(id(3), [])).resolves.toBe(true)
})

test('switches to the version that has the message', async () => {
  const elsewhere = { ...message(1), message_id: 'other' as MessageId, parent_id: id(0) }
  const { store } = setUp({
    'sessions.transcript': () => page(0, 2),
    'sessions.selectVersion': () => ({ ...page(0, 1), messages: [message(0), elsewhere] }),
  })
  await store.open(session_id)
  await expect(store.point(elsewhere.message_id, [])).resolves.toBe(true)
  expect(store.getState().order).toEqual([id(0), 'other'])
})

test('a message that is gone, or a daemon that refuses, leads nowhere', async () => {
  const { store } = setUp({
    'sessions.transcript': () => page(0, 2),
    'sessions.selectVersion': () => new Refusal(fault('message_not_found', 'Gone.')),
  })
  await store.open(session_id)
  await expect(store.point('gone' as MessageId, [])).resolves.toBe(false)
  expect(store.getState().pointed).toBeNull()
})

test('another chat leaves the pointer behind', async () => {
  const { store } = setUp()
  await store.open(session_id)
  await store.point(id(1190), [])
  await store.open(null)
  expect(store.getState().pointed).toBeNull()
})
