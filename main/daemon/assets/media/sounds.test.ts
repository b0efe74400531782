import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { createResampler, toPcm16 } from '../../core/audio/resample'
import { layoutOf, monoOf } from '../../core/audio/wav'
import { wavHeader } from '../../core/audio/wav-header'
import { checkWav } from '../../core/media-types/check-wav'
import { inProcessMediaWorker } from './in-process-media-worker'
import { repacked } from './sounds.fake'

const root = mkdtempSync(join(tmpdir(), 'kheish-sounds-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))
const worker = inProcessMediaWorker()
const { signal } = new AbortController()
let count = 0

/** A slide of a tone that is nowhere the same: what is cut or doubled shows. */
const slide = (seconds: number, rate: number): Float32Array =>
  Float32Array.from({ length: Math.round(seconds * rate) }, (_, at) => {
    const time = at / rate
    return 0.5 * Math.sin(2 * Math.PI * (200 * time + 60 * time * time))
  })
const wavOf = (samples: Float32Array, rate: number): Buffer =>
  Buffer.concat([wavHeader({ sample_rate: rate, channels: 1 }, samples.length * 2), toPcm16(samples)])

function fileOf(bytes: Uint8Array, ending: string): string {
  const path = join(root, `${String(++count)}.${ending}`)
  writeFileSync(path, bytes)
  return path
}
const folder = () => mkdtempSync(join(root, 'out-'))

const prepare = (source: string, media_type: string, part_ms: number) =>
  worker.sound({ source, media_type, part_ms, out: folder() }, signal)

function samplesIn(path: string): Float32Array {
  const bytes = readFileSync(path)
  checkWav(bytes)
  const layout = layoutOf(bytes)
  expect(layout).toMatchObject({ sample_rate: 16_000, channels: 1, bits: 16, is_plain: true })
  return monoOf(bytes, layout, 0, bytes.length)
}
const together = (paths: readonly { readonly path: string }[]): Float32Array =>
  Float32Array.from(paths.flatMap(({ path }) => [...samplesIn(path)]))

/** How unlike two sounds are, at the best shift of up to 40 ms; 0: alike. */
function difference(a: Float32Array, b: Float32Array): number {
  let best = Infinity
  for (let shift = -640; shift <= 640; shift += 1) {
    let sum = 0
    for (let at = 2_000; at < Math.min(a.length, b.length) - 2_000; at += 7) {
      const distance = (a[at] ?? 0) - (b[at + shift] ?? 0)
      sum += distance * distance
    }
    best = Math.min(best, sum)
  }
  return Math.sqrt((best * 7) / a.length)
}

describe('what is decoded is cut between two samples', () => {
  test.each([8_000, 16_000, 22_050, 44_100, 48_000, 96_000])('a WAV of %i Hz', async (rate) => {
    const source = fileOf(wavOf(slide(3.3, rate), rate), 'wav')
    const { parts } = await prepare(source, 'audio/wav', 1_000)
    expect(parts.map(({ from_ms, to_ms, format }) => [from_ms, to_ms, format])).toEqual([
      [0, 1_000, 'wav'],
      [1_000, 2_000, 'wav'],
      [2_000, 3_000, 'wav'],
      [3_000, 3_300, 'wav'],
    ])
    const all = together(parts)
    expect(all.length).toBe(52_800)
    expect(difference(slide(3.3, 16_000), all)).toBeLessThan(0.01)
  })

  const encoders: readonly (readonly [string, string, string, (from: string, to: string) => void])[] = [
    [
      '/usr/bin/lame',
      'mp3',
      'audio/mpeg',
      (from, to) => void execFileSync('lame', ['--quiet', '-b', '96', from, to]),
    ],
    [
      '/usr/bin/opusenc',
      'opus',
      'audio/opus',
      (from, to) => void execFileSync('opusenc', ['--quiet', from, to]),
    ],
  ]
  test.each(encoders)('what %s makes', async (program, ending, type, encode) => {
    if (!existsSync(program)) return expect(process.platform).not.toBe('linux')
    const from = fileOf(wavOf(slide(3.3, 48_000), 48_000), 'wav')
    const source = join(root, `encoded.${ending}`)
    encode(from, source)
    const { parts } = await prepare(source, type, 1_000)
    const all = together(parts)
    expect(Math.abs(all.length - 52_800)).toBeLessThan(1_600)
    expect(difference(slide(3.3, 16_000), all)).toBeLessThan(0.05)
    expect(parts.slice(0, -1).map(({ from_ms, to_ms }) => to_ms - from_ms)).toEqual([1_000, 1_000, 1_000])
    parts.slice(1).forEach(({ from_ms }, at) => expect(from_ms).toBe(parts[at]?.to_ms))
  })
})

test('what is not decoded here is cut between two packets', async () => {
  if (!existsSync('/usr/bin/flac')) return expect(process.platform).not.toBe('linux')
  const samples = slide(3.3, 16_000)
  const source = join(root, 'a.flac')
  execFileSync('flac', ['--silent', '-o', source, fileOf(wavOf(samples, 16_000), 'wav')])
  const { parts } = await prepare(source, 'audio/flac', 1_000)
  expect(parts.length).toBeGreaterThanOrEqual(4)
  const back = parts.map(({ path, format }, at) => {
    expect(format).toBe('flac')
    const wav = join(root, `back-${String(at)}.wav`)
    execFileSync('flac', ['--silent', '-d', '-o', wav, path])
    return { path: wav }
  })
  expect([...together(back)]).toEqual([...together([{ path: fileOf(wavOf(samples, 16_000), 'wav') }])])
})

test('recordings of one kind become one', async () => {
  const [first, second] = [slide(1, 16_000), slide(0.5, 16_000)]
  const sources = [first, second].map((samples) => fileOf(wavOf(samples, 16_000), 'wav'))
  const made = await worker.joinSounds(sources, folder())
  expect(made.media_type).toBe('audio/wav')
  expect([...samplesIn(made.path)]).toEqual([...together(sources.map((path) => ({ path })))])
})

test('unlike recordings become one WAV of 16 kHz, in their order', async () => {
  const [first, second] = [slide(1, 16_000), slide(0.5, 48_000)]
  const plain = fileOf(wavOf(first, 16_000), 'wav')
  const other = fileOf(wavOf(second, 48_000), 'wav')
  const made = await worker.joinSounds([plain, other, plain], folder())
  expect(made.media_type).toBe('audio/wav')
  const samples = samplesIn(made.path)
  expect(samples.length).toBe(16_000 + 8_000 + 16_000)
  const alone = [...samplesIn(plain)]
  expect([[...samples.subarray(0, 16_000)], [...samples.subarray(24_000)]]).toEqual([alone, alone])
  const text = fileOf(Buffer.from('no sound'), 'txt')
  await expect(worker.joinSounds([plain, text], folder())).rejects.toMatchObject({
    fault: { code: 'asset_invalid', check: 'sounds_differ' },
  })
})

test('a recovered WAV beside WebM segments joins them', async () => {
  if (!existsSync('/usr/bin/opusenc')) return expect(process.platform).not.toBe('linux')
  const samples = slide(1, 16_000)
  const plain = fileOf(wavOf(samples, 16_000), 'wav')
  const ogg = join(root, 'said.opus')
  execFileSync('opusenc', ['--quiet', '--bitrate', '48', plain, ogg])
  const webm = fileOf(await repacked(readFileSync(ogg), 'streamed webm'), 'webm')
  const made = await worker.joinSounds([webm, plain, webm], folder())
  const joined = samplesIn(made.path)
  expect(joined.length / 16_000).toBeCloseTo(3, 1)
  // What was samples before still is, to the bit.
  expect(readFileSync(made.path).indexOf(toPcm16(samples)) / 32_000).toBeCloseTo(1, 1)
  expect(difference(samples, joined.subarray(0, 16_000))).toBeLessThan(0.1)
  expect(difference(samples, joined.subarray(joined.length - 16_000))).toBeLessThan(0.1)
})

test('a resampler says the same however its input is cut', () => {
  const samples = slide(0.5, 44_100)
  const whole = createResampler(44_100)
  const at_once = [...whole.push(samples), ...whole.end()]
  const pieces = createResampler(44_100)
  const bits: number[] = []
  for (let at = 0; at < samples.length; at += 777) bits.push(...pieces.push(samples.subarray(at, at + 777)))
  bits.push(...pieces.end())
  expect(bits).toEqual(at_once)
  expect(bits.length).toBe(8_000)
})

test('what has no sound in it is refused', async () => {
  const source = fileOf(Buffer.from('nothing at all'), 'mp3')
  await expect(prepare(source, 'audio/mpeg', 1_000)).rejects.toMatchObject({
    fault: { code: 'asset_invalid', check: 'sound_unreadable' },
  })
})
