import { fault } from '@contract/fault'
import type { AssetId, SessionId } from '@contract/ids'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createFakeClient, Refusal } from '../client/fake'
import { againMs, createDrafts } from './drafts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function storage() {
  const held = new Map<string, string>()
  return {
    getItem: (key: string) => held.get(key) ?? null,
    setItem: (key: string, value: string) => void held.set(key, value),
  }
}

test('what is begun in the demo does not turn up among one’s own, nor the other way round', () => {
  const drafts = createDrafts(createFakeClient().client, storage())
  drafts.write(null, 'a private thought')
  drafts.forget('demo')
  expect(drafts.read(null, undefined)).toBe('')
  drafts.write(null, 'just playing')
  drafts.forget('own')
  expect(drafts.read(null, undefined)).toBe('a private thought')
})

const chat = 'chat-1' as SessionId

/** The daemon's side: refuses with `refusal` as long as there is one. */
function daemon() {
  const house = { refusal: undefined as ReturnType<typeof fault> | undefined, kept: [] as string[] }
  const { client, asked } = createFakeClient({
    'sessions.saveDraft': ({ draft }) => {
      if (house.refusal) return new Refusal(house.refusal)
      house.kept.push(draft)
    },
  })
  return { house, asked, drafts: createDrafts(client, storage()) }
}

test('a draft that could not be kept is sent again until it is', async () => {
  const { house, drafts } = daemon()
  house.refusal = fault('storage_full', 'No room.')
  drafts.write(chat, 'half a thought')
  await vi.advanceTimersByTimeAsync(againMs * 2)
  expect(house.kept).toEqual([])
  house.refusal = undefined
  await vi.advanceTimersByTimeAsync(againMs)
  expect(house.kept).toEqual(['half a thought'])
  await vi.advanceTimersByTimeAsync(againMs * 3)
  expect(house.kept).toHaveLength(1)
})

test('what was written since takes its place, and nothing is sent to another daemon', async () => {
  const { house, drafts, asked } = daemon()
  house.refusal = fault('storage_full', 'No room.')
  drafts.write(chat, 'old')
  await vi.advanceTimersByTimeAsync(500)
  house.refusal = undefined
  drafts.write(chat, 'new')
  await vi.advanceTimersByTimeAsync(againMs * 2)
  expect(house.kept).toEqual(['new'])

  house.refusal = fault('storage_full', 'No room.')
  drafts.write(chat, 'mine')
  await vi.advanceTimersByTimeAsync(500)
  drafts.forget('demo')
  const before = asked.length
  await vi.advanceTimersByTimeAsync(againMs * 2)
  expect(asked).toHaveLength(before)
})

test('a chat that is gone is left alone', async () => {
  const { house, drafts, asked } = daemon()
  house.refusal = fault('session_not_found', 'Gone.')
  drafts.write(chat, 'late')
  await vi.advanceTimersByTimeAsync(againMs * 2)
  expect(asked).toHaveLength(1)
})

test('attachments are kept with the text, also where only the daemon has that, and go as soon as that does', async () => {
  const { drafts, asked } = daemon()
  const [a, b] = ['a' as AssetId, 'b' as AssetId]
  drafts.attach(chat, [a], 'stored words')
  drafts.attach(chat, [a, b], 'stored words')
  await vi.advanceTimersByTimeAsync(1000)
  drafts.write(chat, '')
  drafts.attach(chat, [], undefined)
  expect(asked.map(({ input }) => input)).toEqual([
    { session_id: chat, draft: 'stored words', attachments: ['a', 'b'] },
    { session_id: chat, draft: '', attachments: ['a', 'b'] },
    { session_id: chat, draft: '', attachments: [] },
  ])
})

test('what is attached to the chat to come survives in the window, apart from the demo’s', () => {
  const held = storage()
  const drafts = createDrafts(createFakeClient().client, held)
  drafts.attach(null, ['a' as AssetId], undefined)
  drafts.forget('demo')
  expect(drafts.attachedToNew()).toEqual([])
  expect(createDrafts(createFakeClient().client, held).attachedToNew()).toEqual(['a'])
  held.setItem('kheish.new-chat-draft.attachments', '{broken')
  expect(createDrafts(createFakeClient().client, held).attachedToNew()).toEqual([])
})
