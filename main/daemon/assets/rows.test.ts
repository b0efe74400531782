import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { fault } from '@contract/fault'
import { fakeTools } from '../ports/tools.fake'
import { deleteAsset } from '../actions/delete-asset'
import { Failure } from '../core/failure'
import { invalid } from '../core/media-types/refuse'
import type { Store } from '../ports/store'
import { memoryStore } from '../store/sample'
import { systemClock } from '../system/clock'
import { systemIds } from '../system/ids'
import { createAssets } from './create-assets'
import { createFileDigest } from './hash/create-file-digest'
import { inProcessMediaWorker } from './media/in-process-media-worker'

let folder: string
let now = 0
/** What happens before the collection goes on. */
let meanwhile: () => Promise<unknown> = () => Promise.resolve()
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kheish-rows-'))
  now = 1_000
  meanwhile = () => Promise.resolve()
})
afterEach(() => rm(folder, { recursive: true, force: true }))

function openRoom(store: Pick<Store, 'assets'>, media = inProcessMediaWorker()) {
  const background: Promise<void>[] = []
  const clock = { ...systemClock, now: () => now, sleep: async () => void (await meanwhile()) }
  const on = { clock, ids: systemIds, publish: () => undefined }
  const room = createAssets({
    ...on,
    store,
    folder,
    media,
    digest: createFileDigest(undefined),
    partials: fakeTools().partials,
    refusal: () => undefined,
    inBackground: (work) => void background.push(work),
  })
  const add = (name: string) => room.door.import({ file_name: 'a.txt', bytes: Buffer.from(` ${name} `) })
  return { add, upkeep: room.upkeep, door: room.door, quiet: () => Promise.all(background), on }
}

async function filesThere(): Promise<number> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true })
  return found.filter((file) => file.isFile()).length
}

test('a row for which the store has no room leaves no file, and takes none of another’s', async () => {
  const store = memoryStore()
  let isFull = false
  const { add } = openRoom({
    assets: {
      ...store.assets,
      add(asset) {
        if (isFull) throw new Failure(fault('storage_full', 'The disk is full.'))
        return store.assets.add(asset)
      },
    },
  })
  await add('one')
  expect(await filesThere()).toBe(2)
  isFull = true
  await expect(add('two')).rejects.toMatchObject({ fault: { code: 'storage_full' } })
  // Its text is the one that is there already.
  await expect(add(' one')).rejects.toMatchObject({ fault: { code: 'storage_full' } })
  expect(await filesThere()).toBe(2)
  isFull = false
  await add('two')
  expect(await filesThere()).toBe(4)
})

test('a derived file that can’t be made again is tried once, not at every view', async () => {
  const store = memoryStore()
  const worker = inProcessMediaWorker()
  let isBroken = false
  const process = vi.fn<typeof worker.process>((...asked) =>
    isBroken ? Promise.reject(invalid('unreadable', 'No.')) : worker.process(...asked),
  )
  const { add, door, quiet } = openRoom(store, { ...worker, process })
  const { asset_id } = await add('one')
  const lose = () => rm(join(folder, digest.slice(0, 2), digest))
  const view = async () => {
    await expect(door.open(asset_id, 'text')).rejects.toMatchObject({
      fault: { code: 'asset_integrity_mismatch' },
    })
    await quiet()
  }
  const digest = store.assets.get(asset_id)?.text?.sha256 ?? ''
  await lose()
  isBroken = true
  for (let time = 0; time < 3; time += 1) await view()
  expect(process).toHaveBeenCalledTimes(2)

  // The bytes came again, and so did their text: nothing is hopeless any more.
  isBroken = false
  await add('one')
  expect((await door.open(asset_id, 'text')).byte_length).toBe(3)
})

test('what was just added again is not collected, however old its record is', async () => {
  const store = memoryStore()
  const { add, upkeep, on } = openRoom(store)
  const collect = async () =>
    deleteAsset({ ...on, store, assetUpkeep: upkeep }).gc({ dry_run: false, older_than_ms: 500 })
  const first = await add('one')
  now = 2_000
  expect(await add('one')).toEqual(first)
  expect(await collect()).toMatchObject({ assets: [], skipped: 1 })

  // In the very moment in which it is about to go.
  now = 3_000
  meanwhile = () => add('one')
  expect(await collect()).toMatchObject({ assets: [], skipped: 1 })
  meanwhile = () => Promise.resolve()
  now = 4_000
  expect(await collect()).toMatchObject({ assets: [{ asset_id: first.asset_id }], skipped: 0 })
  expect(await filesThere()).toBe(0)
})
