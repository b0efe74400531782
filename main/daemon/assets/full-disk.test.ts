import { readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { answer } from '../core/failure'
import { canMount, openSmallDisk, type SmallDisk } from '../small-disk.suite'

let disk: SmallDisk
beforeEach(async () => {
  disk = await openSmallDisk()
})
afterEach(() => disk.close())

const add = (size: number, name: string) =>
  answer(
    // Spaces at its ends, so that its text is a file of its own.
    () => disk.daemon.assets.import({ file_name: name, bytes: Buffer.alloc(size, ` ${name} `) }),
    (surprise) => {
      throw surprise
    },
  )
const listed = async () => (await disk.daemon.handlers['assets.list']({ limit: 100 })).total

async function filesThere(): Promise<readonly string[]> {
  const found = await readdir(join(disk.root, 'assets'), { recursive: true, withFileTypes: true })
  return found.filter((file) => file.isFile()).map(({ name }) => name)
}

describe.runIf(canMount)('a disk that is full', () => {
  // Wherever it happens: in the copy of the source, in what is made of it, in the row.
  test.each([0, 4_096, 100_000, 500_000, 700_000, 1_100_000])(
    'with %i bytes left says so, leaves nothing half-written, and goes on when there is room',
    async (left) => {
      expect(await add(10_000, 'before.txt')).toMatchObject({ ok: true })
      const before = await filesThere()
      await disk.fill(left)
      expect(await add(600_000, 'too-much.txt')).toMatchObject({ ok: false, fault: { code: 'storage_full' } })
      expect(await listed()).toBe(1)
      expect(await filesThere()).toEqual(before)
      await disk.free()
      expect(await add(600_000, 'too-much.txt')).toMatchObject({ ok: true })
      expect(await listed()).toBe(2)
    },
  )
})

describe('a folder that takes nothing', () => {
  test('is said as such, and an import that fails leaves nothing', async () => {
    // A file where a folder should be refuses everybody; rights would not hold back whoever runs as root.
    expect(await add(10, 'a.txt')).toMatchObject({ ok: true })
    const [name = ''] = await filesThere()
    await rm(join(disk.root, 'assets'), { recursive: true })
    await writeFile(join(disk.root, 'assets'), name)
    expect(await add(10, 'b.txt')).toMatchObject({ ok: false, fault: { code: 'store_unreadable' } })
    expect(await listed()).toBe(1)
    await rm(join(disk.root, 'assets'))
    expect(await add(10, 'b.txt')).toMatchObject({ ok: true })
  })
})
