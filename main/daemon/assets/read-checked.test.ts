import { createHash } from 'node:crypto'
import { mkdtemp, open, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { digestOf } from './hash/digest'
import type { Checked } from './read-checked'
import { createCheckedReader } from './read-checked'

let folder: string
beforeEach(async () => {
  digest.of.mockClear()
  folder = await mkdtemp(join(tmpdir(), 'kheish-read-'))
})
afterEach(() => rm(folder, { recursive: true }))

const sha = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const later = () => Date.now() + 60_000

async function store(bytes: Buffer) {
  const sha256 = sha(bytes)
  await writeFile(join(folder, sha256), bytes)
  return { sha256, byte_length: bytes.length, media_type: 'audio/wav' }
}
const reader = (now?: () => number) => createCheckedReader((sha256) => join(folder, sha256), digest, now)

async function read(checked: Checked | string, from: number, to: number): Promise<Buffer> {
  if (typeof checked === 'string') throw new Error(checked)
  const pieces: Uint8Array[] = []
  for await (const piece of checked.read({ from, to })) pieces.push(piece)
  return Buffer.concat(pieces)
}

/** Counts the looks at whole files. */
const digest = { of: vi.fn(digestOf), close: () => Promise.resolve() }

test('a large file is hashed once for many ranges, and again when it has been touched', async () => {
  const bytes = Buffer.alloc(3 * 1024 * 1024, 'audio')
  const file = await store(bytes)
  const { check } = reader(later)
  expect(
    (await read(await check(file), 2_000_000, 2_000_100)).equals(bytes.subarray(2_000_000, 2_000_100)),
  ).toBe(true)
  expect(digest.of).toHaveBeenCalledTimes(1)
  for (let at = 0; at < 5; at += 1) await read(await check(file), at, at + 10)
  expect(digest.of).toHaveBeenCalledTimes(1)

  await utimes(join(folder, file.sha256), 1, 1)
  await check(file)
  expect(digest.of).toHaveBeenCalledTimes(2)
})

test('many who ask for a range of one large file at once share one look', async () => {
  const file = await store(Buffer.alloc(3 * 1024 * 1024, 'audio'))
  const { check } = reader()
  await Promise.all(Array.from({ length: 8 }, () => check(file)))
  expect(digest.of).toHaveBeenCalledTimes(1)
})

test('a young file is hashed each time: its times can’t tell that it was written twice', async () => {
  const file = await store(Buffer.alloc(3 * 1024 * 1024, 'audio'))
  const { check } = reader(Date.now)
  await check(file)
  await check(file)
  expect(digest.of).toHaveBeenCalledTimes(2)
})

test('an altered file is found although its size and time are put back', async () => {
  const file = await store(Buffer.alloc(3 * 1024 * 1024, 'audio'))
  const { check } = reader(later)
  const path = join(folder, file.sha256)
  const { atime, mtime } = await stat(path)
  const checked = await check(file)
  const handle = await open(path, 'r+')
  await handle.write('X', 1_500_000)
  await handle.utimes(atime, mtime)
  await handle.close()
  expect(await check(file)).toBe('altered')
  await expect(read(checked, 0, 10)).rejects.toMatchObject({ fault: { code: 'asset_integrity_mismatch' } })
})

test('what nobody reads leaves nothing open, and an empty file is whole', async () => {
  const { check } = reader()
  const file = await store(Buffer.alloc(0))
  expect(await read(await check(file), 0, 0)).toHaveLength(0)
  const large = await store(Buffer.alloc(2 * 1024 * 1024))
  const checked = await check(large)
  if (typeof checked === 'string') throw new Error(checked)
  for await (const piece of checked.read({ from: 0, to: large.byte_length })) {
    expect(piece).toHaveLength(256 * 1024)
    break
  }
  expect(await check({ ...large, byte_length: 3 })).toBe('altered')
  expect(await check({ ...large, sha256: 'ghost' })).toBe('missing')
})
