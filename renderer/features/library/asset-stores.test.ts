import type { AssetDeletion } from '@contract/assets'
import { fault } from '@contract/fault'
import type { AssetId } from '@contract/ids'
import { expect, test } from 'vitest'
import { createFakeClient, Refusal } from '../../client/fake'
import { createAssetPage } from './create-asset-page'
import { createDeletion } from './create-deletion'
import { createImports } from './create-imports'
import { row, view } from './sample-rows'

const none = { free: [], held: [], reclaimable_bytes: 0 }
const plan = (asset_id: AssetId, more: Partial<AssetDeletion> = {}): AssetDeletion => ({
  asset_id,
  dry_run: true,
  blocked: false,
  reclaimable_bytes: 500,
  files: [],
  references: [],
  ...more,
})

test('several at once: what is free goes, what is held stays and is said, what is gone is no trouble', async () => {
  const { client, asked } = createFakeClient({
    'assets.delete': ({ asset_id, dry_run }) =>
      asset_id === 'gone'
        ? new Refusal(fault('asset_not_found', ''))
        : plan(asset_id, { dry_run, blocked: asset_id === 'held' }),
  })
  const deletion = createDeletion(client)
  expect(await deletion.ask(['a', 'held', 'gone', 'b'].map((name) => row(name, 1)))).toBe(null)
  const shown = deletion.getState().plan ?? none
  const { free, held, reclaimable_bytes } = shown
  expect(free.map(({ asset }) => asset.file_name)).toEqual(['a.png', 'b.png'])
  expect(held.map(({ asset }) => asset.file_name)).toEqual(['held.png'])
  expect(reclaimable_bytes).toBe(1_000)
  expect(asked.every(({ input }) => (input as { dry_run: boolean }).dry_run)).toBe(true)
  // The dialog is closed before its answer comes.
  deletion.close()
  expect(await deletion.confirm(shown)).toEqual({ count: 2, bytes: 1_000, fault: null })
  expect(deletion.getState().plan).toBe(null)
  expect(asked.slice(4).map(({ input }) => input)).toEqual([
    { asset_id: 'a', dry_run: false },
    { asset_id: 'b', dry_run: false },
  ])
})

test('one that became needed between question and answer is explained', async () => {
  let isHeld = false
  const { client } = createFakeClient({
    'assets.delete': ({ asset_id, dry_run }) =>
      dry_run
        ? plan(asset_id, { blocked: isHeld })
        : new Refusal(fault('asset_delete_blocked', '', { hard_reference_count: 1 })),
  })
  const deletion = createDeletion(client)
  await deletion.ask([row('a', 1)])
  isHeld = true
  expect(await deletion.confirm(deletion.getState().plan ?? none)).toMatchObject({ count: 0, fault: null })
  expect(deletion.getState().plan?.held).toHaveLength(1)
})

test('a page shows what an asset is, and looks again when something about it happens', async () => {
  let used = 0
  const { client, publish, asked } = createFakeClient({
    'assets.get': ({ asset_id }) =>
      asset_id === 'x'
        ? new Refusal(fault('asset_not_found', ''))
        : view(asset_id, 1, { text_uri: `asset://text/${asset_id}` }),
    'assets.graph': ({ asset_id }) => ({
      asset_id,
      made_from: [row('source', 0)],
      made_into: [],
      used_in: Array.from({ length: used }, () => ({}) as never),
    }),
    'assets.text': () => ({ text: 'Words', is_cut: true }),
  })
  const page = createAssetPage(client)
  client.listen((event) => page.hear(event))
  await page.show('a' as AssetId)
  expect(page.getState()).toMatchObject({ asset: { asset_id: 'a' }, text: { text: 'Words' }, fault: null })
  const before = asked.length
  publish({ type: 'asset.changed', asset: view('other', 1) })
  publish({ type: 'asset.deleted', asset_id: 'other' as AssetId })
  expect(asked).toHaveLength(before)
  used = 1
  publish({ type: 'asset.deleted', asset_id: 'source' as AssetId })
  await expect.poll(() => page.getState().graph?.used_in).toHaveLength(1)
  await page.show('x' as AssetId)
  expect(page.getState()).toMatchObject({ asset: null, fault: { code: 'asset_not_found' } })
})

test('files go in a few at a time; each failure stays with its reason, the rest arrives', async () => {
  const under = new Set<string>()
  let most = 0
  const { client, asked } = createFakeClient({ 'assets.cancelImport': () => undefined }, async (file, id) => {
    under.add(id)
    most = Math.max(most, under.size)
    await Promise.resolve()
    under.delete(id)
    return file.name === 'bad'
      ? { ok: false, fault: fault('asset_empty', '') }
      : { ok: true, value: view(file.name, 1) }
  })
  let ids = 0
  const imports = createImports(client, () => `i${ids++}`)
  imports.add(['a', 'bad', 'b', 'c', 'd', 'e', 'f'].map((name) => ({ name, type: '', size: 1 })))
  expect(imports.getState().imports).toHaveLength(7)
  await new Promise((next) => setTimeout(next, 0))
  expect(imports.getState()).toMatchObject({
    imports: [{ file_name: 'bad', fault: { code: 'asset_empty' } }],
  })
  expect(most).toBe(4)
  imports.dismiss()
  expect(imports.getState().imports).toEqual([])
  imports.add(['g', 'h', 'i', 'j', 'k'].map((name) => ({ name, type: '', size: 1 })))
  imports.cancel()
  expect(imports.getState().imports.map(({ file_name }) => file_name)).toEqual(['g', 'h', 'i', 'j'])
  expect(asked.map(({ input }) => input)).toEqual(
    ['i7', 'i8', 'i9', 'i10'].map((import_id) => ({ import_id })),
  )
})

test('another daemon gets nothing of what was given to the one before', async () => {
  const given: string[] = []
  const { client } = createFakeClient({}, async (file) => {
    given.push(file.name)
    return { ok: false, fault: fault('asset_empty', '') }
  })
  const imports = createImports(client)
  imports.add(['a', 'b', 'c', 'd', 'e', 'f'].map((name) => ({ name, type: '', size: 1 })))
  imports.forget()
  await new Promise((next) => setTimeout(next, 0))
  expect(given).toEqual(['a', 'b', 'c', 'd'])
  expect(imports.getState().imports).toEqual([])
})
