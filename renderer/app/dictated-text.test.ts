import type { SessionId } from '@contract/ids'
import type { SessionView } from '@contract/sessions'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createFakeClient } from '../client/fake'
import { createApp } from './create-app'
import { insertDictated } from './dictated-text'
import { createDrafts } from './drafts'

const chat = 's1' as SessionId
const session: SessionView = {
  session_id: chat,
  title: '',
  created_at_ms: 0,
  updated_at_ms: 0,
  head_message_id: null,
  draft: 'stored words',
  draft_attachments: [],
  activity: 'idle',
  unread: false,
}

/** What the box shows of its caret; somebody has the focus elsewhere, so words come into it by the draft. */
let caret: number | null
const elsewhere = { closest: () => true }
beforeEach(() => {
  caret = null
  vi.stubGlobal('document', {
    activeElement: elsewhere,
    hasFocus: () => true,
    contains: () => true,
    querySelector: () => (caret === null ? null : { selectionEnd: caret }),
  })
})
afterEach(() => void vi.unstubAllGlobals())

function open(handlers: Parameters<typeof createFakeClient>[0] = {}) {
  const { client } = createFakeClient({
    'sessions.create': () => session,
    'sessions.get': () => session,
    'sessions.transcript': () => ({
      session,
      messages: [],
      has_more: false,
      queued: [],
      active: null,
      drawing: [],
    }),
    'sessions.markSeen': () => undefined,
    'sessions.saveDraft': () => undefined,
    ...handlers,
  })
  const held = new Map<string, string>()
  const storage = {
    getItem: (key: string) => held.get(key) ?? null,
    setItem: (key: string, value: string) => void held.set(key, value),
  }
  return createApp(client, createDrafts(client, storage))
}

test('a word of the first segment is put right while the third is spoken', () => {
  const app = open()
  const insertion = insertDictated(app, null)
  insertion.put('hello')
  app.drafts.write(null, 'hullo')
  insertion.put('hello world')
  expect(app.drafts.read(null, undefined)).toBe('hullo world')
  insertion.put('hello world again')
  expect(app.drafts.read(null, undefined)).toBe('hullo world again')
})

test('what is sent in mid-dictation is gone; the rest stays in order', () => {
  const app = open()
  const insertion = insertDictated(app, null)
  insertion.put('one')
  app.drafts.write(null, '')
  insertion.put('one two')
  insertion.put('one two three')
  expect(app.drafts.read(null, undefined)).toBe('two three')
})

test('the words go to where the caret was at the beginning, and follow what is written before it', () => {
  const app = open()
  app.drafts.write(null, 'Dear all, see you')
  caret = 'Dear all,'.length
  const insertion = insertDictated(app, null)
  caret = 'Dear all, see you'.length
  app.drafts.write(null, 'My dear all, see you')
  insertion.put('hello')
  expect(app.drafts.read(null, undefined)).toBe('My dear all, hello see you')
})

test('a draft that only the daemon has stays, also when another chat is open by then', async () => {
  const app = open()
  await app.chat.open(chat)
  const insertion = insertDictated(app, chat)
  await app.chat.open(null)
  insertion.put('hello')
  await expect.poll(() => app.drafts.read(chat, undefined)).toBe('stored words hello')
})

test('so it does when the chat was left before it was loaded', async () => {
  const app = open()
  const opened = app.chat.open(chat)
  const insertion = insertDictated(app, chat)
  await app.chat.open(null)
  await opened
  insertion.put('hello')
  insertion.put('hello world')
  await expect.poll(() => app.drafts.read(chat, undefined)).toBe('stored words hello world')
})

test('a new chat that gets its id in mid-dictation is the same chat', async () => {
  const app = open({ 'sessions.create': () => ({ ...session, draft: '' }) })
  const insertion = insertDictated(app, null)
  insertion.put('one')
  app.drafts.write(null, '')
  await app.chat.send('one')
  insertion.put('one two')
  expect(app.drafts.read(chat, undefined)).toBe('two')
  expect(app.drafts.read(null, undefined)).toBe('')
  // It stays that chat's own, wherever the person goes.
  await app.chat.open(null)
  insertion.put('one two three')
  expect(app.drafts.read(chat, undefined)).toBe('two three')
})

test('a text that somebody has changed is not taken back, and that is said', () => {
  const app = open()
  const insertion = insertDictated(app, null)
  insertion.put('hello')
  expect(insertion.remove()).toBe(true)
  expect(app.drafts.read(null, undefined)).toBe('')
  insertion.put('hello')
  app.drafts.write(null, 'hullo')
  expect(insertion.remove()).toBe(false)
  expect(app.drafts.read(null, undefined)).toBe('hullo')
})
