import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { deflateSync } from 'node:zlib'
import { createCanvas, loadImage } from '@napi-rs/canvas'
import { afterAll, describe, expect, test } from 'vitest'
import { aac, flac, mp3, ogg, wav } from '../../core/media-types/samples.fake'
import { corpus, encoded } from './corpora.fake'
import { pdf } from './samples.fake'
import { openBench } from './testing'

const bench = openBench()
afterAll(() => bench.close())
const utf8 = (text: string) => Buffer.from(text)

describe('text', () => {
  test.each([
    ['a.txt', 'one\r\ntwo\rthree\r\n', 'one\ntwo\rthree'],
    ['a.csv', ' a,b\r\n1,2\r\n\r\n', 'a,b\n1,2'],
    ['a.md', '\ufeff# Title\n\n', '# Title'],
    ['a.json', '{"a":[1,"ü"]}', '{\n  "a": [\n    1,\n    "ü"\n  ]\n}'],
  ])('%s keeps its bytes and has its text beside it', async (name, given, text) => {
    const taken = await bench.take(name, utf8(given))
    expect(taken.read('raw').toString()).toBe(given)
    expect(taken.read('text').toString()).toBe(text)
    expect(taken.text).toMatchObject({ is_cut: false, byte_length: utf8(text).length })
  })

  test('what needs no change is one file', async () => {
    const taken = await bench.take('a.txt', utf8('as it is, ü'))
    expect(taken.text).toEqual({ ...taken.raw, is_cut: false })
  })

  test('a long one is cut within its limit, after a whole character', async () => {
    const taken = await bench.take('a.txt', utf8(`a${'ü'.repeat(3 * 1024 * 1024)}`))
    expect(taken.text).toMatchObject({ is_cut: true, byte_length: 4 * 1024 * 1024 - 1 })
    expect(taken.raw.byte_length).toBe(6 * 1024 * 1024 + 1)
  })

  test('of one file nothing gets into another, whether they come in turns or together', async () => {
    const long = 'long\r\n'.repeat(50_000)
    await bench.take('a.txt', utf8(long))
    expect((await bench.take('a.txt', utf8('short '))).read('text').toString()).toBe('short')
    const taken = await Promise.all(['x', 'y'].map((name) => bench.take('a.txt', utf8(name.repeat(60_000)))))
    for (const [index, name] of ['x', 'y'].entries()) {
      const { raw, read } = taken[index] as (typeof taken)[number]
      expect(read('raw').toString()).toBe(name.repeat(60_000))
      expect(raw.sha256).toBe(createHash('sha256').update(name.repeat(60_000)).digest('hex'))
    }
  })

  test('white space alone has no text', async () => {
    expect((await bench.take('a.txt', utf8(' \r\n'))).text).toBeUndefined()
  })

  test.each([
    ['a.txt', Buffer.from([0x61, 0xff]), 'text_utf8'],
    ['a.csv', Buffer.from([0xc3]), 'text_utf8'],
    ['a.json', Buffer.from([0x22, 0xff, 0x22]), 'text_utf8'],
    ['a.json', utf8('{a:1}'), 'json_syntax'],
  ])('%s is refused', async (name, bytes, check) => {
    await expect(bench.take(name, bytes)).rejects.toMatchObject({ fault: { code: 'asset_invalid', check } })
  })
})

describe('PDF', () => {
  test('has its words, the number of its pages and its first page drawn', async () => {
    const taken = await bench.take('a.pdf', pdf({ pages: 2 }))
    expect(taken).toMatchObject({ pages: 2, source_media_type: 'application/pdf' })
    expect(taken.read('text').toString()).toBe('Hello page\n\nHello page')
    const preview = await loadImage(taken.read('preview'))
    expect([preview.width, preview.height]).toEqual([1_024, 682])
    expect((await loadImage(taken.read('thumbnail'))).width).toBe(320)
    const context = createCanvas(1_024, 682).getContext('2d')
    context.drawImage(preview, 0, 0)
    // The corner is paper, the box is red, and where the words stand something is black.
    expect([...context.getImageData(1_000, 10, 1, 1).data]).toEqual([255, 255, 255, 255])
    expect([...context.getImageData(100, 580, 1, 1).data]).toEqual([255, 0, 0, 255])
    const line = context.getImageData(68, 190, 400, 90).data
    expect(line.some((value, place) => place % 4 === 0 && value < 100)).toBe(true)
  })

  test.each([
    ['pdf_pages', pdf({ pages: 129 })],
    ['pdf_objects', utf8(`%PDF-1.4\n${'1 0 obj\n'.repeat(10_001)}`)],
    ['pdf_objects', utf8('%PDF-1.4\n1 0 obj <</Type /ObjStm /N 10001>> stream\nendstream')],
    ['pdf_streams', utf8(`%PDF-1.4\n${'stream\nendstream\n'.repeat(2_049)}`)],
    ['pdf_stream_bytes', pdf({ packed: deflateSync(Buffer.alloc(13 * 1024 * 1024)) })],
    ['pdf_password', pdf({ isLocked: true })],
    ['pdf_structure', utf8('%PDF-1.4\nnothing of the kind')],
  ])('%s', async (check, bytes) => {
    await expect(bench.take('a.pdf', bytes)).rejects.toMatchObject({
      fault: { code: 'asset_invalid', check },
    })
  })

  test.runIf(process.platform === 'linux')('of others', async () => {
    const paths = corpus('pdf', '.pdf')
    expect(paths.length).toBeGreaterThan(40)
    for (const path of paths) {
      const taking = bench.take(basename(path), readFileSync(path))
      if (path.endsWith('Fpdf_SetProtection.pdf')) {
        await expect(taking).rejects.toMatchObject({ fault: { check: 'pdf_password' } })
        continue
      }
      const taken = await taking
      expect(taken.pages, path).toBeGreaterThan(0)
      expect(taken.preview?.byte_length, path).toBeGreaterThan(2_000)
      if (path.endsWith('/basic.pdf')) expect(taken.read('text').toString()).toBe('Hello World!')
      // Pictures and nothing else.
      if (path.endsWith('Fpdf_RegisterImage.pdf')) expect(taken.text).toBeUndefined()
    }
  })
})

describe('recordings', () => {
  test('stay as they are, with what is known of them', async () => {
    for (const [name, bytes, facts] of [
      ['a.wav', wav(), { sample_rate: 8_000, channels: 1, duration_ms: 500 }],
      ['a.opus', ogg(), { sample_rate: 48_000, duration_ms: 1_000 }],
      ['a.aac', aac(), { duration_ms: 46 }],
      ['a.flac', flac(), { duration_ms: 1_000 }],
      // 100 frames of 1,152 samples: only the packets tell.
      ['a.mp3', mp3(0x90, 100), { sample_rate: 44_100, channels: 1, duration_ms: 2_612 }],
      ['a.pcm', new Uint8Array(8), { source_media_type: 'audio/l16' }],
    ] as const) {
      const taken = await bench.take(name, bytes)
      expect(taken, name).toMatchObject(facts)
      expect(taken.read('raw').equals(bytes), name).toBe(true)
    }
  })

  test.runIf(process.platform === 'linux')('of others', async () => {
    const paths = corpus('sounds', '.wav')
    expect(paths.length).toBeGreaterThan(10)
    for (const path of paths) {
      const taken = await bench.take(basename(path), readFileSync(path))
      expect(taken.duration_ms, path).toBeGreaterThan(10)
    }
  })

  test.runIf(process.platform === 'linux').each(['flac', 'mp3', 'opus'] as const)(
    'of another encoder: %s',
    async (ending) => {
      const folder = mkdtempSync(join(tmpdir(), 'kheish-sounds-'))
      try {
        for (const path of corpus('sounds', '.wav').slice(0, 4)) {
          const to = join(folder, `${basename(path, '.wav')}.${ending}`)
          encoded(path, ending, to)
          const given = await bench.take(basename(path), readFileSync(path))
          const taken = await bench.take(basename(to), readFileSync(to))
          expect(taken.channels, to).toBe(given.channels)
          // A frame more before and after is what MP3 is like.
          const slack = ending === 'mp3' ? 150 : 10
          expect(Math.abs((taken.duration_ms ?? 0) - (given.duration_ms ?? 0)), to).toBeLessThan(slack)
        }
      } finally {
        rmSync(folder, { recursive: true, force: true })
      }
    },
  )
})
