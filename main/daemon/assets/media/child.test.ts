import { EventEmitter, once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createCanvas } from '@napi-rs/canvas'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildEntries } from '../../build-entries.suite'
import { flac, mp3, mp4, ogg, wav, webm } from '../../core/media-types/samples.fake'
import type { MediaChild } from '../../ports/media-child'
import type { MediaWorker } from '../../ports/media'
import { createMediaWorker } from './create-media-worker'
import { nodeMediaForker } from './fork-node-media'
import { openBench, takesOrRefuses, type Bench } from './testing'

// The child as it is shipped, for every Node that runs these tests.
const project = join(import.meta.dirname, '../../../..')
const folder = join(project, 'test-results', `media-child-${String(process.pid)}`)
const file = join(folder, 'child.js')
let worker: MediaWorker
let bench: Bench
const children: MediaChild[] = []
const hearing = new EventEmitter()

beforeAll(async () => {
  await buildEntries(folder, { child: join(import.meta.dirname, 'child.ts') })
  worker = workerWith({})
  bench = openBench(worker)
}, 60_000)
afterAll(async () => {
  await worker.close()
  bench.close()
  rmSync(folder, { recursive: true, force: true })
})

function workerWith(limits: Parameters<typeof createMediaWorker>[1]): MediaWorker {
  const fork = nodeMediaForker(file)
  return createMediaWorker(() => {
    const child = fork()
    children.push(child)
    const { hear } = child
    child.hear = (listener) =>
      hear((answer) => {
        listener(answer)
        if ('done' in answer && answer.done === 0) hearing.emit('begun')
      })
    return child
  }, limits)
}

const photo = (width: number, height: number) => createCanvas(width, height).encode('jpeg', 80)

test('looks at files, and one child serves them all', async () => {
  expect(await bench.take('a.jpg', await photo(3_000, 2_000))).toMatchObject({ width: 2_048, height: 1_365 })
  expect((await bench.take('a.txt', Buffer.from('words\r\n'))).read('text').toString()).toBe('words')
  await expect(bench.take('a.json', Buffer.from('{'))).rejects.toMatchObject({
    fault: { check: 'json_syntax' },
  })
  expect(children).toHaveLength(1)
})

test('regions are prepared and laid back in it; killed meanwhile, it costs that one answer', async () => {
  const out = mkdtempSync(join(folder, 'region-'))
  const files = { source: join(out, 'source'), mask: join(out, 'mask'), edit: join(out, 'edit') }
  const canvas = createCanvas(1_500, 1_000)
  writeFileSync(files.source, await canvas.encode('png'))
  canvas.getContext('2d').fillStyle = '#fff'
  canvas.getContext('2d').fillRect(0, 0, 300, 200)
  writeFileSync(files.mask, await canvas.encode('png'))
  writeFileSync(files.edit, await photo(1_500, 1_000))
  const job = (name: string) => {
    mkdirSync(join(out, name))
    return { ...files, feather_px: 8, out: join(out, name) }
  }
  const { signal } = new AbortController()
  const { edit: _, ...region } = job('one')
  expect(await worker.region(region, signal)).toMatchObject({
    width: 1_500,
    crop: { media_type: 'image/png' },
  })
  const killed = worker.compose(job('two'), signal)
  const next = worker.compose(job('three'), signal)
  // It says that it has begun before it does anything that takes time.
  await once(hearing, 'begun')
  process.kill(children.at(-1)?.pid ?? 0, 'SIGKILL')
  await expect(killed).rejects.toMatchObject({ fault: { check: 'decoder_crashed' } })
  const { composite, proof } = await next
  expect(statSync(composite.path).size).toBe(composite.byte_length)
  expect(proof).toMatchObject({ outside_pixels: 1_440_000, outside_changed: 0 })
})

test('a child that is killed in the middle costs that one file', async () => {
  const jpeg = await photo(6_000, 4_000)
  const slow = openBench({
    ...worker,
    process: (job, signal) =>
      worker.process(job, signal, (done) => {
        if (done === 0) process.kill(children.at(-1)?.pid ?? 0, 'SIGKILL')
      }),
  })
  const first = slow.take('a.jpg', jpeg)
  const second = bench.take('a.txt', Buffer.from('after it'))
  await expect(first).rejects.toMatchObject({ fault: { code: 'asset_invalid', check: 'decoder_crashed' } })
  expect((await second).read('raw').toString()).toBe('after it')
  slow.close()
})

test.runIf(process.platform === 'linux')('one that grows too large is killed', async () => {
  const small = workerWith({ memory_bytes: 1024 * 1024 })
  const place = openBench(small)
  await expect(place.take('a.jpg', await photo(6_000, 4_000))).rejects.toMatchObject({
    fault: { code: 'asset_invalid', check: 'too_much_memory' },
  })
  place.close()
  await small.close()
})

describe('whatever is done to a good file, it is taken or refused by a rule', () => {
  const canvas = createCanvas(24, 16)
  canvas.getContext('2d').fillRect(2, 2, 9, 9)
  const samples: readonly (readonly [string, () => Promise<Uint8Array>])[] = [
    ['a.png', () => canvas.encode('png')],
    ['a.jpg', () => canvas.encode('jpeg')],
    ['a.webp', () => canvas.encode('webp')],
    ['a.gif', () => canvas.encode('gif')],
    ['a.avif', () => canvas.encode('avif')],
    ['a.wav', () => Promise.resolve(wav())],
    ['a.mp3', () => Promise.resolve(mp3(0x90, 5))],
    ['a.webm', () => Promise.resolve(webm({ isOpen: true }))],
    ['a.m4a', () => Promise.resolve(mp4())],
    ['a.opus', () => Promise.resolve(ogg())],
    ['a.flac', () => Promise.resolve(flac())],
  ]
  test.each(samples)('%s, cut and with other bits', async (name, make) => {
    const bytes = await make()
    const before = children.length
    await takesOrRefuses(bench, name, bytes, 100)
    expect(children.length).toBe(before)
  })
})
