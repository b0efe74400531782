import { fault } from '@contract/fault'
import type { AssetId, MessageId, SessionId } from '@contract/ids'
import type { AssetRef } from '@contract/message'
import type { RunView } from '@contract/runs'
import type { SessionView } from '@contract/sessions'
import { expect, test } from 'vitest'
import { createFakeClient, Refusal } from '../client/fake'
import { createApp } from './create-app'
import { attachAssets, takeFiles, openAsset } from './asset-actions'
import { sendMessage, takeBack } from './chat-actions'
import { createDrafts } from './drafts'

const chat = 's1' as SessionId
const picture = (name: string): AssetRef => ({
  asset_id: name as AssetId,
  media_type: 'image/png',
  file_name: `${name}.png`,
  byte_length: 1,
})
const session: SessionView = {
  session_id: chat,
  title: '',
  created_at_ms: 0,
  updated_at_ms: 0,
  head_message_id: null,
  draft: 'stored words',
  draft_attachments: [picture('kept')],
  activity: 'idle',
  unread: false,
}

function open(
  handlers: Parameters<typeof createFakeClient>[0] = {},
  importFile?: Parameters<typeof createFakeClient>[1],
) {
  const fake = createFakeClient(
    {
      'sessions.create': () => session,
      'sessions.transcript': () => ({
        session,
        messages: [],
        has_more: false,
        queued: [],
        active: null,
        drawing: [],
      }),
      'sessions.markSeen': () => undefined,
      'sessions.setRoute': () => session,
      ...handlers,
    },
    importFile,
  )
  const held = new Map<string, string>()
  const storage = {
    getItem: (key: string) => held.get(key) ?? null,
    setItem: (key: string, value: string) => void held.set(key, value),
  }
  const app = createApp(fake.client, createDrafts(fake.client, storage))
  const names = (id: SessionId | null) => app.attachments.of(id).map(({ name }) => name)
  return { ...fake, app, names }
}

test('a refused message gives back files and choices, in the chat that was made for it, with its model', async () => {
  const { app, asked, names } = open({
    'sessions.submitRun': () => new Refusal(fault('storage_full', 'No room.')),
    'sessions.contextMedia': () => ({
      media: [{ asset: picture('old'), message_id: 'm' as MessageId, wire_bytes: 4 }],
    }),
  })
  app.store.setState({ newChatRoute: { provider: 'openrouter', model: 'a/blind' } })
  app.attachments.putBack(null, [picture('a'), picture('b')])
  const sending = sendMessage(app, '')
  expect(names(null)).toEqual([])
  expect((await sending).ok).toBe(false)
  expect(names(null)).toEqual([])
  expect(names(chat)).toEqual(['a.png', 'b.png'])
  expect(app.store.getState().newChatRoute).toBe(null)
  expect(asked.at(-1)).toEqual({
    name: 'sessions.setRoute',
    input: { session_id: chat, provider: 'openrouter', model: 'a/blind' },
  })

  await app.contextMedia.ask(chat, null)
  app.contextMedia.choose('old' as AssetId, true)
  await sendMessage(app, 'look')
  expect(app.contextMedia.getState().chosen.get('old' as AssetId)).toBe(true)
  const sent = asked.filter(({ name }) => name === 'sessions.submitRun').map(({ input }) => input)
  const items = ['a', 'b'].map((asset_id) => ({ type: 'asset_reference', asset_id }))
  expect(sent).toMatchObject([
    { input_items: items },
    { input_items: [{ type: 'text', text: 'look' }, ...items], context_assets: ['old'] },
  ])
  expect(sent[0]).not.toHaveProperty('context_assets')
})

test('files dropped while a chat is loading come after what its draft has', async () => {
  const { app, names, asked } = open({}, async () => ({ ok: false, fault: fault('asset_empty', 'Empty.') }))
  const opening = app.chat.open(chat)
  takeFiles(app, { files: [new File([], 'late.txt')], refused: [] })
  expect(names(chat)).toEqual([])
  await opening
  expect(names(chat)).toEqual(['kept.png', 'late.txt'])
  attachAssets(app, [picture('kept'), picture('more')])
  expect(names(chat)).toEqual(['kept.png', 'late.txt', 'more.png'])
  app.attachments.remove(chat, 'kept')
  app.drafts.flush()
  expect(asked.at(-1)).toEqual({
    name: 'sessions.saveDraft',
    input: { session_id: chat, draft: 'stored words', attachments: ['more'] },
  })
})

test('a message that is taken back brings its files', async () => {
  // Only what the chat reads.
  const waiting = {
    run_id: 'r1',
    session_id: chat,
    status: 'queued',
    input_text: 'later',
    input_attachments: [picture('a')],
    user_message_id: null,
  } as unknown as RunView
  const { app, names } = open({
    'sessions.transcript': () => ({
      session: { ...session, draft_attachments: [] },
      messages: [],
      has_more: false,
      queued: [waiting],
      active: null,
      drawing: [],
    }),
    'runs.cancel': () => waiting,
  })
  await app.chat.open(chat)
  expect(await takeBack(app, waiting.run_id)).toBe('later')
  expect(names(chat)).toEqual(['a.png'])
})

test('a file is looked at among its siblings', () => {
  const { app } = open()
  const [a, b] = ['a' as AssetId, 'b' as AssetId]
  openAsset(app, b, [a, b])
  expect(app.store.getState().viewer).toEqual({ asset_ids: [a, b], index: 1 })
  openAsset(app, a, [])
  expect(app.store.getState().viewer).toEqual({ asset_ids: [a], index: 0 })
})
