import type { AssetId, MessageId, SessionId } from '@contract/ids'
import type { ContextMedia } from '@contract/sessions'
import { expect, test } from 'vitest'
import { createFakeClient } from '../../../client/fake'
import { contextAssets, createContextMediaStore, goingOf, totalOf } from './context-media-store'

const chat = 's1' as SessionId
const media = (file_name: string, cost_usd?: number): ContextMedia => ({
  asset: {
    asset_id: `asset-${file_name}` as AssetId,
    media_type: 'image/png',
    file_name,
    byte_length: 3,
  },
  message_id: 'm' as MessageId,
  wire_bytes: 4,
  ...(cost_usd === undefined ? {} : { cost_usd }),
})
const cat = media('cat.png', 0.001)
const dog = media('dog.png', 0.002)

test('a picture travels when the words name it, or as the person says', () => {
  const none = new Map<AssetId, boolean>()
  const going = (text: string, chosen: ReadonlyMap<AssetId, boolean>) => [
    ...goingOf({ media: [cat, dog], chosen }, text),
  ]
  expect(going('What colour is the CAT?', none)).toEqual([cat.asset.asset_id])
  expect(going('concatenate this', none)).toEqual([])
  expect(going('the cat', new Map([[cat.asset.asset_id, false]]))).toEqual([])
  expect(going('none', new Map([[dog.asset.asset_id, true]]))).toEqual([dog.asset.asset_id])
})

test('the request names pictures only once the person has chosen', () => {
  const state = { media: [cat, dog], chosen: new Map<AssetId, boolean>() }
  expect(contextAssets(state, 'the cat')).toBeUndefined()
  state.chosen.set(dog.asset.asset_id, true)
  expect(contextAssets(state, 'the cat')).toEqual([cat.asset.asset_id, dog.asset.asset_id])
  state.chosen.set(cat.asset.asset_id, false).set(dog.asset.asset_id, false)
  expect(contextAssets(state, 'the cat')).toEqual([])
})

test('a total has a price only where every picture has one', () => {
  expect(totalOf([cat, dog])).toEqual({ bytes: 8, usd: 0.003 })
  expect(totalOf([cat, media('x')])).toEqual({ bytes: 8 })
})

test('figures follow the model, choices stay with the chat, late answers are not used', async () => {
  const answers: (() => void)[] = []
  const { client, asked } = createFakeClient({
    'sessions.contextMedia': ({ model }) =>
      new Promise((resolve) => answers.push(() => resolve({ media: model === 'b' ? [dog] : [cat] }))),
  })
  const store = createContextMediaStore(client)
  const first = store.ask(chat, { provider: 'p', model: 'a' })
  store.choose(cat.asset.asset_id, true)
  const second = store.ask(chat, { provider: 'p', model: 'b' })
  answers[1]?.()
  await second
  answers[0]?.()
  await first
  expect(store.getState()).toMatchObject({ media: [dog], chosen: new Map([[cat.asset.asset_id, true]]) })
  const { turn } = store.getState()
  await store.ask(null, null)
  expect(store.getState()).toEqual({ sessionId: null, turn: turn + 1, media: [], chosen: new Map() })
  expect(asked).toHaveLength(2)
})
