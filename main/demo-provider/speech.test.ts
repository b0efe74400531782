import { fetch } from 'undici'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { startDemoProvider, type DemoProvider } from './index'
import { programOf } from './sound/programs'
import { beatsOf, hum, hummedMp3 } from './sound/syllables'
import { fromWav, resampled, toWav } from './sound/samples'

let demo: DemoProvider
beforeAll(async () => {
  demo = await startDemoProvider({ generation_misses: 0 })
})
afterAll(() => demo.stop())
afterEach(() => demo.faults.clear())

const headers = { authorization: 'Bearer sk-or-v1-test', 'content-type': 'application/json' }
const model = 'openai/gpt-4o-mini-tts-2025-12-15'
const ask = (body: object = {}) =>
  fetch(`${demo.prefix}/audio/speech`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ model, input: 'The quick brown fox jumps.', voice: 'alloy', ...body }),
  })
const bytesOf = async (response: Awaited<ReturnType<typeof ask>>) => Buffer.from(await response.arrayBuffer())

/** How loud a piece of sound is, of 1. */
function loudness(pcm: Buffer): number {
  let sum = 0
  for (let at = 0; at + 1 < pcm.length; at += 2) sum += (pcm.readInt16LE(at) / 32_768) ** 2
  return Math.sqrt(sum / (pcm.length / 2))
}

/** Walks the frames of an MP3 file of one constant rate; throws where one is cut. */
/** MPEG-2 layer III at 24,000 samples a second, mono, by the head of its first frame. */
function expectFrames(mp3: Buffer): void {
  const head = mp3.readUInt32BE(0)
  expect({ sync: head >>> 21, version: (head >>> 19) & 3, layer: (head >>> 17) & 3 }).toEqual({
    sync: 0x7ff,
    version: 2,
    layer: 1,
  })
  expect({ rate: (head >>> 10) & 3, mode: (head >>> 6) & 3 }).toEqual({ rate: 1, mode: 3 })
}

function framesIn(mp3: Buffer): number {
  let [at, frames] = [0, 0]
  while (at < mp3.length) {
    const bits = [8, 16, 24, 32, 40, 48, 56, 64][(mp3.readUInt8(at + 2) >> 4) - 1] ?? 0
    const length = (72 * bits * 1000) / 24_000 + ((mp3.readUInt8(at + 2) >> 1) & 1)
    if (mp3[at] !== 0xff || at + length > mp3.length) throw new Error(`no frame at ${at}`)
    at += length
    frames += 1
  }
  return frames
}

describe('speech', () => {
  test('is sound as long as its words, as samples unless mp3 is asked for, and has its price', async () => {
    const short = await ask()
    expect(short.headers.get('content-type')).toBe('audio/pcm;rate=24000;channels=1')
    const said = await bytesOf(short)
    expect(said.length % 2).toBe(0)
    expect(loudness(said)).toBeGreaterThan(0.02)
    const seconds = said.length / 2 / 24_000
    expect([seconds > 1, seconds < 5]).toEqual([true, true])
    const twice = await bytesOf(await ask({ speed: 2 }))
    expect(said.length / twice.length).toBeGreaterThan(1.5)

    const packed = await ask({ response_format: 'mp3' })
    expect(packed.headers.get('content-type')).toBe('audio/mpeg')
    const mp3 = await bytesOf(packed)
    expectFrames(mp3)
    expect(framesIn(mp3) * 0.024).toBeGreaterThan(1)

    const id = String(short.headers.get('x-generation-id'))
    const record = (await (await fetch(`${demo.prefix}/generation?id=${id}`, { headers })).json()) as {
      data: { total_cost: number }
    }
    expect(record.data.total_cost).toBeCloseTo((26 * 0.6) / 1e6, 9)
  })

  test('is spoken by flite where it is on the PATH', async () => {
    const has = (await programOf('flite')) !== undefined
    const said = await bytesOf(await ask())
    demo.faults.add([{ on: 'speech', plain_voice: true }])
    const hummed = await bytesOf(await ask())
    expect(hummed.equals(said)).toBe(!has)
  })

  test.each([
    ['a model that does not speak', { model: 'openai/gpt-4o' }, /does not exist/],
    ['a voice nobody has', { voice: 'nobody' }, /"voice\\*"/],
    ['no voice', { voice: '' }, /ZodError/],
    ['nothing to say', { input: '' }, /ZodError/],
    ['a format nobody has', { response_format: 'wav' }, /response_format/],
    [
      'mp3 of a model that has samples only',
      { model: 'google/gemini-tts-3.1-flash', voice: 'Kore', response_format: 'mp3' },
      /not supported.*pcm/,
    ],
    ['too many letters', { input: 'a '.repeat(3_000) }, /too long/],
  ])('refuses %s', async (_, body, words) => {
    const response = await ask(body)
    expect([response.status, await response.text()]).toEqual([400, expect.stringMatching(words)])
  })

  test('breaks off, drips and says other things as it is told', async () => {
    const on = 'speech'
    demo.faults.add([
      { on, plain_voice: true, after_bytes: 4_001 },
      { on, plain_voice: true, after_bytes: 3_000, ending: 'reset', split_every: 1_000, drip_ms: 1 },
      { on, status: 502, body: '<html><title>Bad gateway</title></html>' },
      { on, plain_voice: true, media_type: 'audio/pcm' },
    ])
    expect((await bytesOf(await ask())).length).toBe(4_001)
    const broken = await ask()
    await expect(broken.arrayBuffer()).rejects.toThrow()
    expect((await ask()).status).toBe(502)
    expect((await ask()).headers.get('content-type')).toBe('audio/pcm')
  })
})

describe('humming, where no program speaks', () => {
  const seconds = (text: string, speed = 1) => hum(text, speed).samples.length / 24_000

  test('is as long as the text, and follows the speed', () => {
    expect(seconds('One two three four. Five six seven eight.')).toBeGreaterThan(
      1.8 * seconds('One two three four.'),
    )
    expect(seconds('Guten Morgen', 0.5)).toBeCloseTo(2 * seconds('Guten Morgen'), 1)
    expect(seconds('今日は良い天気です。')).toBeGreaterThan(0.3)
    expect(seconds('…')).toBeGreaterThan(0.1)
    expect(beatsOf('a. b', 1).map(({ pitch }) => pitch > 0)).toEqual([true, false, false, true, false])
  })

  test('becomes MP3 of whole frames, as long as the samples are', () => {
    const text = 'The longer the text, the longer the sound.'
    const mp3 = hummedMp3(text, 1)
    expectFrames(mp3)
    expect(framesIn(mp3) * 0.024).toBeCloseTo(seconds(text), 1)
  })

  test('is resampled without changing its length or pitch', () => {
    const low = {
      rate: 16_000,
      samples: Float32Array.from({ length: 16_000 }, (_, at) => Math.sin((at * 2 * Math.PI * 200) / 16_000)),
    }
    const high = resampled(low, 24_000)
    expect(high.samples.length).toBe(24_000)
    expect(high.samples[30]).toBeCloseTo(Math.sin((30 * 2 * Math.PI * 200) / 24_000), 2)
    expect(fromWav(toWav(high)).samples[30]).toBeCloseTo(high.samples[30] ?? 0, 3)
  })
})
