import { randomFillSync } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createCanvas } from '@napi-rs/canvas'
import { afterAll, expect, test } from 'vitest'
import { join as joined } from '../../core/media-types/samples.fake'
import { encodePng } from './encode-png'
import { inProcessMediaWorker } from './in-process-media-worker'

const root = mkdtempSync(join(tmpdir(), 'kheish-kept-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

async function kept(bytes: Uint8Array) {
  const out = mkdtempSync(join(root, 'job-'))
  writeFileSync(`${out}-source`, bytes)
  const job = { source: `${out}-source`, file_name: '', out, keeps_bytes: true as const }
  const made = await inProcessMediaWorker().process(job, new AbortController().signal)
  return { ...made, isSame: readFileSync(made.raw.path).equals(bytes) }
}

test('the largest picture without loss fits: 2,048 × 2,048 that no packing makes smaller', async () => {
  const data = randomFillSync(new Uint8ClampedArray(2_048 * 2_048 * 4))
  const png = await encodePng({ width: 2_048, height: 2_048, data })
  expect(png.length).toBeGreaterThan(16 * 1024 * 1024)
  const made = await kept(png)
  expect(made).toMatchObject({ width: 2_048, height: 2_048, isSame: true })
  expect(made.thumbnail).toMatchObject({ media_type: 'image/png' })
})

const png = () => createCanvas(8, 8).encode('png')
const jpeg = () => createCanvas(8, 8).encode('jpeg')

test('what the picture library writes may be kept', async () => {
  for (const bytes of [await png(), await jpeg()]) expect((await kept(bytes)).isSame).toBe(true)
})

test.each([
  ['of another type', () => createCanvas(8, 8).encode('webp'), { code: 'unsupported_media_type' }],
  ['with too long an edge', () => createCanvas(2_049, 8).encode('png'), { check: 'kept_edge' }],
  ['that says where it was taken', () => withExif(), { check: 'kept_notes' }],
  ['with something behind its end', async () => joined(await png(), 'secret'), { check: 'kept_notes' }],
  ['that is cut short', async () => (await png()).subarray(0, 50), { check: 'png_end' }],
  [
    'of too many bytes',
    async () => Buffer.concat([await jpeg(), new Uint8Array(17 * 1024 * 1024)]),
    { code: 'asset_too_large', limit: 17 * 1024 * 1024 },
  ],
])('a picture %s is not', async (_, make, fault) => {
  await expect(kept(await make())).rejects.toMatchObject({ fault })
})

async function withExif(): Promise<Uint8Array> {
  const plain = await jpeg()
  return joined(plain.subarray(0, 2), [0xff, 0xe1, 0, 8], 'Exif\0\0', plain.subarray(2))
}
