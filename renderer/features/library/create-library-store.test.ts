import { fault } from '@contract/fault'
import type { AssetId, SessionId } from '@contract/ids'
import type { Message } from '@contract/message'
import { expect, test } from 'vitest'
import { createFakeClient, Refusal } from '../../client/fake'
import { createLibraryStore } from './create-library-store'
import { row, view } from './sample-rows'

const id = (name: string): AssetId => name as AssetId
const now = new Date(2026, 4, 20, 12).getTime()

/** A store over so many assets, newest first: `x0`, `x1`… */
function library(count: number) {
  let all = Array.from({ length: count }, (_, at) => row(`x${String(at).padStart(5, '0')}`, now - at))
  let isDown = false
  const fake = createFakeClient({
    'assets.list': ({ before, limit, kind, query }) => {
      if (isDown) return new Refusal(fault('not_ready', ''))
      const found = all.filter(
        (each) => (!kind || each.kind === kind) && (!query || each.file_name.includes(query)),
      )
      const from = before ? found.findIndex(({ asset_id }) => asset_id === before.asset_id) + 1 : 0
      return {
        assets: found.slice(from, from + limit),
        total: found.length,
        has_more: from + limit < found.length,
      }
    },
  })
  const store = createLibraryStore(fake.client, () => now)
  fake.client.listen((event) => store.hear(event))
  return {
    ...fake,
    store,
    change: (next: typeof all) => void (all = next),
    isDown: (is: boolean) => void (isDown = is),
    asks: () => fake.asked.map(({ input }) => input as { limit: number; query?: string; order?: string }),
  }
}

test('only the first page is asked for at first, the next when it is near, until there is no more', async () => {
  const { store, asks } = library(1_200)
  await store.enter(null)
  expect(store.getState()).toMatchObject({ phase: 'ready', total: 1_200, hasMore: true })
  expect(store.getState().rows).toHaveLength(100)
  await Promise.all([store.loadMore(), store.loadMore()])
  expect(store.getState().rows).toHaveLength(500)
  for (let press = 0; press < 4; press++) await store.loadMore()
  expect(store.getState()).toMatchObject({ hasMore: false })
  expect(new Set(store.getState().rows.map(({ asset_id }) => asset_id)).size).toBe(1_200)
  expect(asks().map(({ limit }) => limit)).toEqual([100, 400, 400, 400])
})

test('what is added, changed and deleted shows without asking', async () => {
  const { store, publish, asked } = library(3)
  publish({ type: 'asset.added', asset: view('early', now) })
  expect(asked).toEqual([])
  await store.enter(null)
  publish({ type: 'asset.added', asset: view('new', now + 5) })
  publish({ type: 'asset.added', asset: view('new', now + 5) })
  publish({ type: 'asset.changed', asset: view('x00001', now - 1, { is_quarantined: true }) })
  publish({ type: 'asset.changed', asset: view('elsewhere', 1) })
  publish({ type: 'asset.deleted', asset_id: id('x00000') })
  expect(store.getState().rows.map((each) => each.asset_id)).toEqual(['new', 'x00001', 'x00002'])
  expect(store.getState().rows[1]?.is_quarantined).toBe(true)
  expect(store.getState().total).toBe(3)
  expect(asked).toHaveLength(1)
})

test('where only the daemon knows what fits, it is asked again, once for a burst', async () => {
  const { store, publish, change, asks } = library(2)
  await store.enter(null)
  await store.narrow({ query: 'x' })
  change([row('x9', now + 1), row('x00000', now)])
  for (let count = 0; count < 20; count++) publish({ type: 'asset.added', asset: view('x9', now + 1) })
  await expect.poll(() => store.getState().rows.map((each) => each.asset_id)).toEqual(['x9', 'x00000'])
  expect(asks().filter(({ query }) => query === 'x')).toHaveLength(3)
})

test('oldest first is asked for, and what is new belongs to its end', async () => {
  const { store, publish, change, asks } = library(0)
  change([row('old', 1), row('young', 2)])
  await store.enter(null)
  await store.narrow({ order: 'oldest' })
  expect(asks().at(-1)).toMatchObject({ order: 'oldest' })
  publish({ type: 'asset.added', asset: view('new', 3) })
  expect(store.getState().rows.map((each) => each.asset_id)).toEqual(['old', 'young', 'new'])
})

test('the files of a chat are asked for again when a message brings some', async () => {
  const { store, publish, asked } = library(1)
  const message = (session_id: string, kind: 'attachment' | 'text') =>
    publish({
      type: 'message.added',
      // Only what the store reads.
      message: { session_id, parts: [{ kind }] } as unknown as Message,
    })
  await store.enter('s1' as SessionId)
  message('s1', 'attachment')
  expect(asked).toHaveLength(1)
  await store.narrow({ session_id: 's1' as SessionId })
  message('s2', 'attachment')
  message('s1', 'text')
  expect(asked).toHaveLength(2)
  message('s1', 'attachment')
  expect(asked).toHaveLength(3)
})

test('an answer that another filter overtook is not shown', async () => {
  const { store } = library(30)
  await store.enter(null)
  const slow = store.narrow({ query: 'x0000' })
  await Promise.all([slow, store.narrow({ query: 'x00029' })])
  expect(store.getState().rows.map((each) => each.asset_id)).toEqual(['x00029'])
})

test('a refusal is shown and can be tried again', async () => {
  const { store, isDown } = library(2)
  isDown(true)
  await store.enter(null)
  expect(store.getState()).toMatchObject({ phase: 'failed', fault: { code: 'not_ready' } })
  isDown(false)
  await store.load()
  expect(store.getState()).toMatchObject({ phase: 'ready', total: 2 })
})

test('coming back keeps what was loaded; the filter of a chat follows the chat', async () => {
  const { store, asked } = library(300)
  await store.enter('s1' as SessionId)
  await store.loadMore()
  await store.enter('s1' as SessionId)
  expect(store.getState().rows).toHaveLength(300)
  await store.narrow({ session_id: 's1' as SessionId })
  await store.enter('s2' as SessionId)
  expect(asked.at(-1)?.input).toMatchObject({ session_id: 's2' })
  await store.enter(null)
  expect(store.getState().filter.session_id).toBe(null)
})

test('selecting one, a stretch, and stepping out: selection, page, library', async () => {
  const { store, publish } = library(6)
  await store.enter(null)
  store.open(id('x00001'))
  store.select(id('x00001'), false)
  store.select(id('x00004'), true)
  store.select(id('x00002'), false)
  expect([...store.getState().selected]).toEqual(['x00001', 'x00003', 'x00004'])
  publish({ type: 'asset.deleted', asset_id: id('x00004') })
  expect(store.getState().selected.size).toBe(2)
  expect(store.back()).toBe(true)
  expect(store.getState()).toMatchObject({ opened: 'x00001', selected: new Set() })
  publish({ type: 'asset.deleted', asset_id: id('x00001') })
  // The focus goes to what took its place.
  expect(store.getState()).toMatchObject({ opened: null, cursor: 'x00002' })
  expect(store.back()).toBe(false)
})
