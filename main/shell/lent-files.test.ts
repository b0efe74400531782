import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import type { AssetView } from '@contract/assets'
import { fault } from '@contract/fault'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Failure } from '../daemon/core/failure'
import { createLentFiles } from './lent-files'

let folder: string
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'kheish-lent-'))))
afterEach(() => rm(folder, { recursive: true, force: true }))

const asset = { asset_id: 'a1', file_name: 'My photo.heic', media_type: 'image/jpeg' } as unknown as AssetView
const open = vi.fn(
  async () =>
    ({
      stream: (async function* () {
        yield Buffer.from('bytes')
      })(),
    }) as never,
)

test('a copy has the name it should have, and nobody writes to it', async () => {
  const path = await createLentFiles(folder, { open }).lend(asset)
  expect(basename(path)).toBe('My photo.jpg')
  expect(await readFile(path, 'utf8')).toBe('bytes')
  expect((await stat(path)).mode & 0o777).toBe(0o400)
})

test('the same copy is lent again, unless somebody changed or took it', async () => {
  const files = createLentFiles(folder, { open })
  const first = await files.lend(asset)
  expect(await files.lend(asset)).toBe(first)
  await chmod(first, 0o600)
  await writeFile(first, 'other')
  const second = await files.lend(asset)
  expect(second).not.toBe(first)
  await rm(second)
  expect(await readFile(await files.lend(asset), 'utf8')).toBe('bytes')
  expect(open).toHaveBeenCalledTimes(3)
})

test('what can’t be read leaves nothing behind, and is tried again', async () => {
  const files = createLentFiles(folder, { open })
  open.mockRejectedValueOnce(new Failure(fault('asset_integrity_mismatch', 'Altered.')))
  await expect(files.lend(asset)).rejects.toMatchObject({ fault: { code: 'asset_integrity_mismatch' } })
  expect(await readdir(folder, { recursive: true })).toEqual([])
  expect(await readFile(await files.lend(asset), 'utf8')).toBe('bytes')
})

test('what is deleted is lent to nobody any more, and the others are', async () => {
  const files = createLentFiles(folder, { open })
  const other = { ...asset, asset_id: 'a2' as AssetView['asset_id'] }
  const [gone, kept] = [await files.lend(asset), await files.lend(other)]
  await files.takeBack('a1')
  await files.takeBack('ghost')
  expect(await stat(gone).catch(() => undefined)).toBeUndefined()
  expect(await files.lend(other)).toBe(kept)
  expect(await files.lend(asset)).not.toBe(gone)
})

test('the next start removes what was lent before, and nothing of its own', async () => {
  await createLentFiles(folder, { open }).lend(asset)
  const next = createLentFiles(folder, { open })
  const path = await next.lend(asset)
  await next.sweep()
  expect(await readdir(folder)).toHaveLength(1)
  expect(await readFile(path, 'utf8')).toBe('bytes')
  await createLentFiles(join(folder, 'none'), { open }).sweep()
})
