import type { AssetView } from '@contract/assets'
import { fault } from '@contract/fault'
import type { AssetId, RunId, SessionId } from '@contract/ids'
import type { Message } from '@contract/message'
import type { RunView } from '@contract/runs'
import { expect, test } from 'vitest'
import { createFakeClient, Refusal } from '../../client/fake'
import { createEditorStore } from './create-editor-store'
import type { Mask } from './mask/mask'
import { createKeptDrafts } from './store/kept-drafts'
import { imageRun, model, picture, version } from './sample-runs'

const id = (name: string): AssetId => name as AssetId
const session = 's1' as SessionId

function editing(more: Parameters<typeof createFakeClient>[0] = {}, isMarked = false) {
  let tree = [version('a', null)]
  let keys = 0
  let runs = 0
  const fake = createFakeClient(
    {
      'assets.get': ({ asset_id }) => picture(asset_id),
      'images.versions': () => ({ versions: tree }),
      'images.models': () => ({ models: [model('one')], default_choice: null }),
      'runs.list': () => ({ runs: [] }),
      'sessions.create': () => ({ session_id: 'new' as SessionId }) as never,
      'images.submit': ({ source_asset_ids }) => ({
        run: imageRun(`r${(runs += 1)}`, {}, source_asset_ids?.[0]),
        messages: [],
      }),
      'runs.cancel': ({ run_id }) => imageRun(run_id, { status: 'cancelled' }),
      ...more,
    },
    async (file) => ({ ok: true, value: picture(file.name) }),
  )
  const mask = {
    isMarked,
    toPng: async () => new Blob(['png']),
    toPiece: async () => null,
  } as unknown as Mask
  const store = createEditorStore(fake.client, {
    shelf: { getItem: () => null, setItem: () => undefined },
    masks: { of: () => mask, find: () => mask, forget: () => undefined },
    kept: createKeptDrafts({ name: '' }),
    newKey: () => `k${(keys += 1)}`,
  })
  fake.client.listen((event) => store.hear(event))
  const end = (run: RunView, made: readonly string[] = []): void => {
    const parts = made.map((name) => ({ kind: 'attachment', asset: picture(name), emitted: true }))
    fake.publish({ type: 'run.ended', run, message: { parts } as unknown as Message })
  }
  return { ...fake, store, end, grow: (...grown: typeof tree) => void (tree = [...tree, ...grown]) }
}
const inputs = (asked: ReturnType<typeof editing>['asked'], name: string) =>
  asked.filter((each) => each.name === name).map(({ input }) => input)

test('a picture opens with its tree; each keeps what was written for it', async () => {
  const { store } = editing()
  await store.open(id('a'), session)
  expect(store.getState()).toMatchObject({ phase: 'ready', session, source: { asset_id: 'a' } })
  store.draw({ instruction: 'brighter' })
  await store.open(id('b'))
  expect(store.getState().draft.instruction).toBe('')
  await store.open(id('a'))
  expect(store.getState().draft.instruction).toBe('brighter')
})

test('what is gone, damaged or no picture says so', async () => {
  const { store } = editing({
    'assets.get': ({ asset_id }) =>
      asset_id === 'gone'
        ? new Refusal(fault('asset_not_found', ''))
        : picture(asset_id, 1, asset_id === 'text' ? { kind: 'document' } : { is_quarantined: true }),
  })
  for (const [name, code] of [
    ['gone', 'asset_not_found'],
    ['text', 'unsupported_media_type'],
    ['bad', 'asset_integrity_mismatch'],
  ] as const) {
    await store.open(id(name))
    expect(store.getState()).toMatchObject({ phase: 'failed', fault: { code }, source: null, wanted: name })
  }
})

test('an order goes to its chat with the region that was marked; without a chat it makes one', async () => {
  const marked = editing({}, true)
  await marked.store.open(id('a'), session)
  await marked.store.addReferences([
    { name: 'r', type: 'image/png', size: 1 },
    { name: 'a', type: '', size: 1 },
  ])
  marked.store.draw({ instruction: 'brighter', feather: 3 })
  await marked.store.apply()
  expect(inputs(marked.asked, 'images.submit')).toMatchObject([
    {
      session_id: 's1',
      prompt: 'brighter',
      source_asset_ids: ['a', 'r'],
      region: { mask_base64: btoa('png'), feather_px: 3 },
    },
  ])
  const plain = editing()
  await plain.store.open(id('a'))
  plain.store.draw({ instruction: 'brighter' })
  await plain.store.apply()
  expect(inputs(plain.asked, 'images.submit')).toMatchObject([{ session_id: 'new' }])
  expect(inputs(plain.asked, 'images.submit')[0]).not.toHaveProperty('region')
  expect(plain.store.getState()).toMatchObject({ session: 'new', told: { what: 'sent' }, isSending: false })
})

test('nothing is sent without words; what is refused is said and nothing is lost', async () => {
  const { store, asked } = editing({
    'images.submit': () => new Refusal(fault('image_route_missing', 'No route.')),
  })
  await store.open(id('a'), session)
  await store.apply()
  expect(inputs(asked, 'images.submit')).toEqual([])
  store.draw({ instruction: 'brighter' })
  await store.apply()
  expect(store.getState()).toMatchObject({
    refusal: { code: 'image_route_missing' },
    jobs: [],
    draft: { instruction: 'brighter' },
  })
})

test('one is stopped while another goes on; the other’s picture takes the stage as nothing was touched since', async () => {
  const { store, asked, end, grow } = editing()
  await store.open(id('a'), session)
  store.draw({ instruction: 'brighter' })
  await store.apply()
  await store.apply()
  expect(store.getState().jobs.map(({ run }) => run.run_id)).toEqual(['r1', 'r2'])
  await store.stop('r1' as RunId)
  expect(inputs(asked, 'runs.cancel')).toEqual([{ run_id: 'r1' }])
  end(imageRun('r1', { status: 'cancelled' }))
  expect(store.getState()).toMatchObject({ jobs: [{ run: { run_id: 'r2' } }], told: { what: 'stopped' } })
  grow(version('b', 'a', 2))
  end(imageRun('r2', { status: 'completed' }), ['b'])
  await expect.poll(() => store.getState().result).toBe('b')
  expect(store.getState()).toMatchObject({ jobs: [], told: { what: 'made', count: 1 } })
  await store.takeResult()
  expect(store.getState()).toMatchObject({ source: { asset_id: 'b' }, result: null, session: 's1' })
})

test('who has gone on working is not disturbed', async () => {
  const { store, end, grow } = editing()
  await store.open(id('a'), session)
  store.draw({ instruction: 'brighter' })
  await store.apply()
  store.draw({ instruction: 'brighter, and warmer' })
  grow(version('b', 'a', 2))
  end(imageRun('r1', { status: 'completed' }), ['b'])
  await expect.poll(() => store.getState().versions).toHaveLength(2)
  expect(store.getState().result).toBe(null)
})

test('an end that overtakes the answer leaves no order behind', async () => {
  const fake = editing({
    'images.submit': () => {
      fake.end(imageRun('r1', { status: 'completed' }))
      return { run: imageRun('r1'), messages: [] }
    },
  })
  await fake.store.open(id('a'), session)
  fake.store.draw({ instruction: 'brighter' })
  await fake.store.apply()
  expect(fake.store.getState().jobs).toEqual([])
})

test('what failed is tried again in its place, or put away', async () => {
  const failed = imageRun('r1', { status: 'failed', error: fault('bug', '', { ref: 'x' }) })
  const { store, asked, end } = editing({
    'runs.list': () => ({ runs: [failed] }),
    'runs.retry': () => ({ run: imageRun('r2', { submitted_at_ms: 2_000 }), messages: [] }),
  })
  await store.open(id('a'))
  expect(store.getState().jobs).toEqual([{ run: failed }])
  await store.retry(failed.run_id)
  expect(inputs(asked, 'runs.retry')).toMatchObject([{ run_id: 'r1' }])
  expect(store.getState().jobs.map(({ run }) => run.run_id)).toEqual(['r2'])
  end(imageRun('r2', { status: 'failed', error: fault('bug', '', { ref: 'x' }) }))
  store.dismiss('r2' as RunId)
  expect(store.getState().jobs).toEqual([])
  await store.open(id('a'))
  expect(store.getState().jobs).toEqual([])
})

test('a version that a model made in a chat joins the tree', async () => {
  const { store, publish, grow } = editing()
  await store.open(id('a'), session)
  grow(version('b', 'a', 2))
  const made = { source_assets: [{ asset_id: id('a') }] } as unknown as AssetView['provenance'][number]
  publish({ type: 'asset.added', asset: picture('other') })
  expect(store.getState().versions).toHaveLength(1)
  publish({ type: 'asset.added', asset: picture('b', 2, { provenance: [made] }) })
  await expect.poll(() => store.getState().versions).toHaveLength(2)
})

test('a chat or a version that is deleted meanwhile is let go of', async () => {
  const { store, publish, grow } = editing()
  grow(version('b', 'a', 2))
  await store.open(id('a'), session)
  store.show(id('b'))
  publish({ type: 'asset.deleted', asset_id: id('b') }, { type: 'session.deleted', session_id: session })
  expect(store.getState()).toMatchObject({ result: null, session: null })
  store.show(id('a'))
  expect(store.getState().result).toBe(null)
})
