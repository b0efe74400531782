import { createFileDigest } from './hash/create-file-digest'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createCanvas } from '@napi-rs/canvas'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Provenance } from '@contract/assets'
import type { AssetId } from '@contract/ids'
import { deleteAsset } from '../actions/delete-asset'
import { fakeTools } from '../ports/tools.fake'
import { memoryStore } from '../store/sample'
import { systemClock } from '../system/clock'
import { systemIds } from '../system/ids'
import { createAssets } from './create-assets'
import { inProcessMediaWorker } from './media/in-process-media-worker'

let folder: string
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'kheish-regions-'))))
afterEach(() => rm(folder, { recursive: true, force: true }))
const { signal } = new AbortController()

function openRoom() {
  const store = memoryStore()
  const heard: string[] = []
  const on = {
    clock: { ...systemClock, sleep: () => Promise.resolve() },
    ids: systemIds,
    publish: ({ type }: { readonly type: string }) => void heard.push(type),
  }
  const room = createAssets({
    ...on,
    store,
    folder,
    media: inProcessMediaWorker(),
    partials: fakeTools().partials,
    digest: createFileDigest(undefined),
    refusal: () => undefined,
    inBackground: (work) => void work,
  })
  const collect = () =>
    deleteAsset({ ...on, store, assetUpkeep: room.upkeep }).gc({ dry_run: false, older_than_ms: -1_000 })
  return { ...room, store, heard, collect }
}

async function painted(width: number, height: number, colour: string, x = 0): Promise<Buffer> {
  const canvas = createCanvas(width, height)
  const context = canvas.getContext('2d')
  context.fillStyle = colour
  context.fillRect(x, 0, width - x, height)
  return canvas.encode('png')
}

const madeOf = (kind: Provenance['kind'], ...sources: AssetId[]): Provenance => ({
  kind,
  tool_name: 'edit_image',
  session_id: 's',
  run_id: 'r',
  tool_call_id: 'c',
  route_id: 'openrouter',
  provider: 'openrouter',
  model: 'acme/draws',
  prompt_sha256: '0'.repeat(64),
  source_assets: sources.map((asset_id) => ({ asset_id, media_type: 'image/png', sha256: '1' })),
  output_index: 1,
  output_count: 1,
})

test('a region is prepared, laid back and kept byte for byte, with its mask as a part that goes when it goes', async () => {
  const { regions, door, contents, store, heard, collect } = openRoom()
  const source = await door.import({ file_name: 'a.png', bytes: await painted(60, 40, 'rgb(200 0 0)') })
  const given = { source: source.asset_id, mask: await painted(60, 40, '#fff', 30), feather_px: 4 }
  const ready = await regions.prepare(given.source, given.mask, given.feather_px, signal)
  expect(ready).toMatchObject({ width: 60, height: 40, crop_box: { x: 0, y: 0, width: 60, height: 40 } })
  const edit = await painted(60, 40, 'rgb(0 0 200)')
  const { composite, proof } = await regions.compose({ ...given, edit }, signal)
  expect(proof).toEqual({ width: 60, height: 40, outside_pixels: 1_200, outside_changed: 0, feather_px: 4 })
  expect(await readdir(join(folder, 'tmp'))).toEqual([])

  heard.length = 0
  const keeps_bytes = true as const
  const maskAs = {
    file_name: 'mask.png',
    bytes: ready.mask.bytes,
    provenance: madeOf('image_mask', source.asset_id),
    keeps_bytes,
  }
  const mask = await door.import({ ...maskAs, is_part: true })
  expect(heard).toEqual([])
  const made = await door.import({
    file_name: 'b.png',
    bytes: composite.bytes,
    keeps_bytes,
    provenance: {
      ...madeOf('image_edit', source.asset_id),
      region: { ...proof, mask_asset_id: mask.asset_id },
    },
  })
  expect(heard).toEqual(['asset.added'])
  expect(Buffer.compare(await contents.bytes(made.asset_id), composite.bytes)).toBe(0)
  expect(Buffer.compare(await contents.bytes(mask.asset_id), ready.mask.bytes)).toBe(0)
  const ids = () => store.assets.list({ limit: 9 }).assets.map(({ asset_id }) => asset_id)
  expect(ids().sort()).toEqual([source.asset_id, made.asset_id].sort())
  const { made_from } = store.assets.graph(made.asset_id)
  expect(made_from.map(({ asset_id }) => asset_id).sort()).toEqual([source.asset_id, mask.asset_id].sort())

  // Nobody holds any of them, but the mask is part of what is there; it goes the next time.
  const gone = async () => (await collect()).assets.map(({ asset_id }) => asset_id).sort()
  expect(await gone()).toEqual([source.asset_id, made.asset_id].sort())
  expect(await gone()).toEqual([mask.asset_id])

  const again = await door.import({ ...maskAs, is_part: true })
  expect(ids()).toEqual([])
  heard.length = 0
  expect((await door.import(maskAs)).asset_id).toBe(again.asset_id)
  expect(heard).toEqual(['asset.added'])
  expect(ids()).toEqual([again.asset_id])
  expect(store.assets.list({ limit: 9, query: 'mask' }).total).toBe(1)
})

test('nothing but a stored, sound picture has a region', async () => {
  const { regions, door, store } = openRoom()
  const mask = await painted(4, 4, '#fff')
  const prepare = (id: string) => regions.prepare(id as AssetId, mask, 0, signal)
  await expect(prepare('asset_none')).rejects.toMatchObject({ fault: { code: 'asset_not_found' } })
  const text = await door.import({ file_name: 'a.txt', bytes: Buffer.from('words') })
  await expect(prepare(text.asset_id)).rejects.toMatchObject({ fault: { code: 'unsupported_media_type' } })
  const picture = await door.import({ file_name: 'a.png', bytes: await painted(4, 5, 'red') })
  await expect(prepare(picture.asset_id)).rejects.toMatchObject({ fault: { check: 'mask_size' } })
  const { sha256 } = store.assets.get(picture.asset_id)?.raw ?? { sha256: '' }
  const path = join(folder, sha256.slice(0, 2), sha256)
  await rm(path)
  await writeFile(path, 'something else')
  await expect(prepare(picture.asset_id)).rejects.toMatchObject({
    fault: { code: 'asset_integrity_mismatch' },
  })
  expect(await readdir(join(folder, 'tmp'))).toEqual([])
})
