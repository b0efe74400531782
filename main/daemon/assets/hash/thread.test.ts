import { createHash } from 'node:crypto'
import { rmSync } from 'node:fs'
import { open, writeFile, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildEntries } from '../../build-entries.suite'
import type { FileDigest } from '../../ports/file-digest'
import { createFileDigest } from './create-file-digest'

// The thread as it is shipped, for every Node that runs these tests.
const project = join(import.meta.dirname, '../../../..')
const folder = join(project, 'test-results', `hash-thread-${String(process.pid)}`)
const opened: FileHandle[] = []
let digest: FileDigest

beforeAll(async () => {
  await buildEntries(folder, { thread: join(import.meta.dirname, 'thread.ts') })
  digest = createFileDigest(join(folder, 'thread.js'))
}, 60_000)
afterAll(async () => {
  await digest.close()
  for (const handle of opened) await handle.close()
  rmSync(folder, { recursive: true, force: true })
})

async function stored(name: string, bytes: Buffer) {
  await writeFile(join(folder, name), bytes)
  const handle = await open(join(folder, name))
  opened.push(handle)
  return { handle, sha256: createHash('sha256').update(bytes).digest('hex') }
}

test('hashes open files elsewhere, several at once', async () => {
  const files = await Promise.all(
    [0, 1, 300_000, 64_000_000].map((length, at) => stored(`file${String(at)}`, Buffer.alloc(length, at))),
  )
  let active = Infinity
  // The least of three: others' garbage is collected in this thread, too.
  for (let round = 0; round < 3; round += 1) {
    const used = performance.eventLoopUtilization()
    const digests = await Promise.all(files.map(({ handle }) => digest.of(handle.fd)))
    active = Math.min(active, performance.eventLoopUtilization(used).active)
    expect(digests).toEqual(files.map(({ sha256 }) => sha256))
  }
  // The largest alone takes 45 ms wherever it is hashed, and far more than this where that is slow.
  const begun = performance.now()
  createHash('sha256').update(Buffer.alloc(64_000_000)).digest()
  expect(active).toBeLessThan((performance.now() - begun) / 2)
})

test('says the system’s word where a file can’t be read, and goes on after its end', async () => {
  await expect(digest.of(2_000_000)).rejects.toMatchObject({ code: 'EBADF' })
  const { handle, sha256 } = await stored('again', Buffer.alloc(64_000_000, 7))
  // So long that it can't be done before the thread is told to end.
  const lost = digest.of(handle.fd)
  await Promise.all([expect(lost).rejects.toThrow('has ended'), digest.close()])
  expect(await digest.of(handle.fd)).toBe(sha256)
})
