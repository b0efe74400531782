import type { AssetView } from '@contract/assets'
import type { Answer } from '@contract/fault'
import { fault } from '@contract/fault'
import type { AssetId, SessionId } from '@contract/ids'
import { expect, test, vi } from 'vitest'
import { createFakeClient } from '../../../client/fake'
import { mostAttachments } from './attachment'
import { createAttachmentStore, mostImports } from './attachment-store'

const chat = 's1' as SessionId
const asset = (id: string, more: Partial<AssetView> = {}): AssetView => ({
  asset_id: id as AssetId,
  media_type: 'image/png',
  file_name: `${id}.png`,
  sha256: id,
  byte_length: 10,
  created_at_ms: 0,
  kind: 'image',
  origin: 'imported',
  has_thumbnail: true,
  uri: `asset://raw/${id}`,
  derivation_ids: [],
  provenance: [],
  source_media_type: 'image/png',
  source_byte_length: 20,
  ...more,
})
const file = (name: string): File => new File(['x'], name, { type: 'image/png' })
const bad = fault('asset_invalid', 'No.', { check: 'png_signature' })

/** A store whose imports end when the test says so, by file name. */
function open() {
  const ends = new Map<string, (answer: Answer<AssetView>) => void>()
  const keys = new Map<string, string>()
  const kept: (readonly [string | null, string])[] = []
  const twice: string[] = []
  const fake = createFakeClient({ 'assets.cancelImport': () => undefined }, (given, key) => {
    keys.set(given.name, key)
    return new Promise((resolve) => ends.set(given.name, resolve))
  })
  const store = createAttachmentStore(fake.client, {
    onKept: (where, ids) => kept.push([where, ids.join()]),
    onDuplicates: (names) => twice.push(...names),
  })
  const shown = (where: SessionId | null = chat) =>
    store.of(where).map(({ name, state }) => `${name} ${state.kind}`)
  const end = async (name: string, answer: Answer<AssetView> | string) => {
    ends.get(name)?.(typeof answer === 'string' ? { ok: true, value: asset(answer) } : answer)
    await new Promise((next) => setTimeout(next, 0))
  }
  return { ...fake, store, ends, keys, kept, twice, shown, end }
}

test('a few are imported at once, a bad one has its own error and holds nobody up', async () => {
  const { store, ends, end, shown, kept } = open()
  store.add(chat, ['a', 'b', 'c', 'd', 'e', 'f'].map(file))
  expect(ends.size).toBe(mostImports)
  await end('b', { ok: false, fault: bad })
  await end('a', 'A')
  expect([...ends.keys()]).toEqual(['a', 'b', 'c', 'd', 'e', 'f'])
  await end('f', 'F')
  expect(shown()).toEqual(['a ready', 'b failed', 'c importing', 'd importing', 'e importing', 'f ready'])
  expect(kept).toEqual([
    ['s1', 'A'],
    ['s1', 'A,F'],
  ])
})

test('one that failed is tried again, and one that is removed is cancelled and never comes back', async () => {
  const { store, keys, end, shown, asked } = open()
  store.add(chat, [file('a'), file('b')])
  await end('a', { ok: false, fault: bad })
  store.retry(chat, keys.get('a') ?? '')
  await end('a', 'A')
  store.remove(chat, keys.get('b') ?? '')
  await end('b', 'B')
  expect(shown()).toEqual(['a ready'])
  expect(asked).toEqual([{ name: 'assets.cancelImport', input: { import_id: keys.get('b') } }])
})

test('the same bytes twice are one attachment, told once when all is done', async () => {
  const { store, end, shown, twice } = open()
  store.add(chat, [file('a'), file('copy of a'), file('b')])
  await end('copy of a', 'A')
  await end('a', 'A')
  expect(twice).toEqual([])
  await end('b', 'B')
  expect(shown()).toEqual(['copy of a ready', 'b ready'])
  expect(twice).toEqual(['a'])
})

test('progress is shown, never backwards', () => {
  const { store, keys, publish, client } = open()
  client.listen((event) => store.hear(event))
  store.add(chat, [file('a')])
  const import_id = keys.get('a') ?? ''
  const share = () => {
    const state = store.of(chat)[0]?.state
    return state?.kind === 'importing' ? state.share : undefined
  }
  expect(share()).toBeNull()
  publish({ type: 'import.progress', import_id, stage: 'checking' })
  expect(share()).toBe(0.5)
  publish({ type: 'import.progress', import_id, stage: 'reading', done: 1, all: 1 })
  expect(share()).toBe(0.5)
})

test('what is sent is taken out and put back, what failed stays', async () => {
  const { store, end, shown, kept } = open()
  store.add(chat, [file('a'), file('bad'), file('c')])
  await end('a', 'A')
  await end('bad', { ok: false, fault: bad })
  await end('c', 'C')
  store.moveTo(chat, store.of(chat)[2]?.key ?? '', 0)
  const taken = store.take(chat)
  expect(taken.map(({ asset_id }) => asset_id)).toEqual(['C', 'A'])
  expect(taken[0]).toEqual({
    asset_id: 'C',
    media_type: 'image/png',
    file_name: 'C.png',
    byte_length: 10,
    sha256: 'C',
  })
  expect(shown()).toEqual(['bad failed'])
  store.putBack(chat, taken)
  store.putBack(chat, taken)
  expect(shown()).toEqual(['C.png ready', 'A.png ready', 'bad failed'])
  expect(kept.slice(-2)).toEqual([
    ['s1', ''],
    ['s1', 'C,A'],
  ])
})

test('a draft comes back once, and a chat to come takes what it has with it', async () => {
  const { store, end, shown } = open()
  store.restore(chat, [asset('A')])
  store.restore(chat, [asset('B')])
  expect(shown()).toEqual(['A.png ready'])
  store.add(null, [file('x'), file('y')])
  await end('x', { ok: false, fault: bad })
  store.settleIn(chat)
  await end('y', 'Y')
  expect(shown(null)).toEqual([])
  expect(shown()).toEqual(['A.png ready', 'x failed', 'y ready'])
})

test('what the store has already is attached behind the rest, once', () => {
  const { store, shown, kept } = open()
  store.restore(chat, [asset('A')])
  expect(store.attach(chat, [asset('B'), asset('A')])).toBe(0)
  expect(shown()).toEqual(['A.png ready', 'B.png ready'])
  expect(kept).toEqual([['s1', 'A,B']])
  const many = Array.from({ length: mostAttachments }, (_, at) => asset(`m${at}`))
  expect(store.attach(chat, many)).toBe(2)
})

test('what many imports tell is drawn together, what the person does at once', async () => {
  vi.useFakeTimers()
  const { store, publish, client, keys, ends } = open()
  client.listen((event) => store.hear(event))
  let drawn = 0
  store.subscribe(() => (drawn += 1))
  store.add(chat, ['a', 'b', 'c'].map(file))
  expect(drawn).toBe(1)
  for (const import_id of keys.values()) publish({ type: 'import.progress', import_id, stage: 'reading' })
  ends.get('a')?.({ ok: true, value: asset('A') })
  await vi.advanceTimersByTimeAsync(100)
  expect(drawn).toBe(2)
  store.moveTo(chat, store.of(chat)[0]?.key ?? '', 2)
  expect(drawn).toBe(3)
  expect(store.getState().lists.get(chat)).toEqual(store.of(chat))
  vi.useRealTimers()
})

test('a deleted asset leaves, another daemon forgets all, and there is a limit', async () => {
  const { store, end, shown, asked } = open()
  store.restore(chat, [asset('A')])
  store.hear({ type: 'asset.deleted', asset_id: 'A' as AssetId })
  expect(shown()).toEqual([])
  const many = Array.from({ length: mostAttachments + 3 }, (_, at) => file(`f${at}`))
  expect(store.add(chat, many)).toBe(3)
  expect(store.add(chat, [file('late')])).toBe(1)
  store.forget()
  await end('f0', 'F0')
  expect(shown()).toEqual([])
  expect(asked).toHaveLength(mostImports)
})
