import { afterEach, describe, expect, test } from 'vitest'
import type { Behaviour } from '../../demo-provider/index'
import { Failure } from '../core/failure'
import type { SpeechAsk } from '../ports/driver'
import { open } from './open-room.suite'
import { cleanDriver } from './clean-driver'
import { kindOfSpeech } from './speech-kind'

type Room = Awaited<ReturnType<typeof open>>
const rooms: Room[] = []
async function room(
  behaviours: readonly Behaviour[] = [],
  limits: Parameters<typeof open>[1] = {},
): Promise<Room> {
  const speech = behaviours.map((each) => ({ on: 'speech' as const, plain_voice: true, ...each }))
  const made = await open([...speech, { on: 'speech', plain_voice: true, times: 99 }], limits)
  rooms.push(made)
  return made
}
afterEach(async () => {
  for (const one of rooms.splice(0)) {
    expect(one.clock.pending()).toBe(0)
    await one.close()
  }
})

const never = new AbortController().signal
const asks = (more: Partial<SpeechAsk> = {}): SpeechAsk => ({
  model: 'openai/gpt-4o-mini-tts-2025-12-15',
  input: 'Good morning to you.',
  voice: 'alloy',
  format: 'mp3',
  ...more,
})
async function hear({ driver, access }: Room, ask = asks(), signal = never) {
  const made = await driver.speak(access, ask, signal)
  const pieces: Uint8Array[] = []
  for await (const piece of made.bytes) pieces.push(piece)
  return { ...made, whole: Buffer.concat(pieces), pieces: pieces.length }
}
const faultOf = async (work: Promise<unknown>) =>
  work.then(
    () => 'spoken',
    (error: unknown) => (error instanceof Failure ? error.fault : error),
  )
const bodies = ({ demo }: Room) => demo.requests.map(({ body }) => body as Record<string, unknown>)

describe('a request', () => {
  test('always says the format, and where the instructions belong', async () => {
    const here = await room()
    await hear(here, asks({ instructions: 'Whisper.', speed: 1.5, session_id: 'chat-1' }))
    await hear(here, asks({ format: 'pcm' }))
    expect(bodies(here)).toEqual([
      {
        model: 'openai/gpt-4o-mini-tts-2025-12-15',
        input: 'Good morning to you.',
        voice: 'alloy',
        response_format: 'mp3',
        speed: 1.5,
        session_id: 'chat-1',
        provider: { options: { openai: { instructions: 'Whisper.' } } },
      },
      {
        model: 'openai/gpt-4o-mini-tts-2025-12-15',
        input: 'Good morning to you.',
        voice: 'alloy',
        response_format: 'pcm',
      },
    ])
  })

  test('answers sound as it comes, with what it is', async () => {
    const here = await room([{ split_every: 2_000, drip_ms: 1 }])
    const mp3 = await hear(here)
    expect(mp3).toMatchObject({
      media_type: 'audio/mpeg',
      generation_id: expect.stringMatching(/^gen-tts-/) as string,
    })
    expect(mp3.pieces).toBeGreaterThan(1)
    const pcm = await hear(here, asks({ format: 'pcm' }))
    expect(pcm).toMatchObject({ media_type: 'audio/l16', sample_rate: 24_000, channels: 1 })
    expect(pcm.whole.length % 2).toBe(0)
  })

  test('is made again as samples where a model has nothing else', async () => {
    const here = await room()
    const made = await hear(here, asks({ model: 'google/gemini-tts-3.1-flash', voice: 'Kore' }))
    expect(made.media_type).toBe('audio/l16')
    expect(bodies(here).map((body) => body['response_format'])).toEqual(['mp3', 'pcm'])
    const zod = {
      success: false,
      error: { name: 'ZodError', message: '[{"path":["response_format"],"message":"Invalid option"}]' },
    }
    const other = await room([{ status: 400, body: zod }])
    expect((await hear(other)).media_type).toBe('audio/l16')
  })
})

describe('what is refused', () => {
  test.each<[string, Behaviour, object]>([
    [
      '429',
      { status: 429, body: { error: { code: 429, message: 'Slow down' } } },
      { kind: 'rate_limited', retryable: true },
    ],
    [
      '502 of the edge',
      { status: 502, body: '<html><title>Bad gateway</title></html>' },
      { kind: 'provider_down', http_status: 502 },
    ],
    [
      'a validation error',
      {
        status: 400,
        body: {
          success: false,
          error: { name: 'ZodError', message: '[{"path":["voice"],"message":"Unknown voice"}]' },
        },
      },
      { kind: 'bad_request', said: 'voice: Unknown voice' },
    ],
    [
      'an error inside a success',
      { status: 200, body: { error: { code: 503, message: 'Busy' } } },
      { kind: 'overloaded' },
    ],
    ['a page inside a success', { status: 200, body: '<html>hello</html>' }, { kind: 'malformed' }],
    ['a type that is no sound', { media_type: null }, { kind: 'malformed' }],
    [
      'words that call themselves sound',
      { recording: Buffer.from('{"error":"no"}').toString('base64') },
      { kind: 'no_audio' },
    ],
    ['nothing', { after_bytes: 0 }, { kind: 'no_audio' }],
    ['a socket that closes', { instead: 'reset' }, { kind: 'unreachable' }],
  ])('%s', async (_, behaviour, expected) => {
    expect(await faultOf(hear(await room([behaviour])))).toMatchObject({
      code: 'provider_error',
      ...expected,
    })
  })

  test('an early close, half a sample, and a declared length that never comes', async () => {
    const here = await room([
      { after_bytes: 4_000, split_every: 2_000, ending: 'reset' },
      { after_bytes: 4_001 },
      { after_bytes: 4_000, headers: { 'content-length': '9000' }, ending: 'reset' },
    ])
    for (let i = 0; i < 3; i++) {
      const fault = await faultOf(hear(here, asks({ format: 'pcm' })))
      expect([i, fault]).toEqual([i, expect.objectContaining({ kind: 'cut_short', retryable: false })])
    }
    expect(here.demo.requests).toHaveLength(3)
  })

  test('too much, by what it says of itself and while it comes', async () => {
    const here = await room([{ headers: { 'content-length': '5000' }, after_bytes: 5_000 }, {}], {
      speech_size: 4_096,
    })
    for (let i = 0; i < 2; i++) {
      expect(await faultOf(hear(here, asks({ format: 'pcm' })))).toMatchObject({ kind: 'too_large' })
    }
  })

  test('silence and a trickle without end, each after its time and never asked again', async () => {
    const here = await room(
      [{ instead: 'hang' }, { split_every: 2, drip_ms: 5 }, { after_bytes: 2_000, ending: 'stall' }],
      { speech_ms: 120 },
    )
    for (let i = 0; i < 3; i++) {
      expect(await faultOf(hear(here, asks({ format: 'pcm' })))).toMatchObject({
        kind: 'timeout',
        retryable: false,
      })
    }
    expect(here.demo.requests).toHaveLength(3)
  })

  test('what somebody stops, before, during and by no longer listening', async () => {
    const here = await room([
      { instead: 'hang' },
      { split_every: 500, drip_ms: 20 },
      { split_every: 500, drip_ms: 20 },
    ])
    expect(await faultOf(hear(here, asks(), AbortSignal.abort()))).toMatchObject({ code: 'interrupted' })
    expect(await faultOf(hear(here, asks(), AbortSignal.timeout(60)))).toMatchObject({ code: 'interrupted' })
    expect(await faultOf(hear(here, asks({ format: 'pcm' }), AbortSignal.timeout(100)))).toMatchObject({
      code: 'interrupted',
    })
    const made = await here.driver.speak(here.access, asks({ format: 'pcm' }), never)
    for await (const _ of made.bytes) break
  })

  test('with an error that has a secret in it, cleaned', async () => {
    const here = await room([{ status: 400, body: { error: { code: 400, message: 'no nightingale here' } } }])
    const driver = cleanDriver(here.driver, (text) => text.replaceAll('nightingale', '[removed]'))
    expect(await faultOf(driver.speak(here.access, asks(), never))).toMatchObject({
      said: 'no [removed] here',
    })
  })
})

test.each<[string, 'mp3' | 'pcm', string, object | undefined]>([
  ['audio/mpeg', 'mp3', 'fff344c4', { media_type: 'audio/mpeg' }],
  ['audio/mpeg', 'mp3', '49443304', { media_type: 'audio/mpeg' }],
  ['audio/mpeg', 'mp3', '00010002', undefined],
  ['audio/pcm;rate=16000;channels=2', 'pcm', '00010002', { sample_rate: 16_000, channels: 2 }],
  ['audio/pcm; rate="48000"', 'pcm', '00010002', { sample_rate: 48_000, channels: 1 }],
  ['audio/pcm;rate=0;channels=99', 'pcm', '00010002', { sample_rate: 24_000, channels: 1 }],
  ['Audio/PCM', 'mp3', '00010002', { media_type: 'audio/l16', sample_rate: 24_000 }],
  ['audio/l16', 'pcm', '49443304', undefined],
  ['audio/octet', 'pcm', '00010002', { media_type: 'audio/l16' }],
  ['audio/octet', 'mp3', '00010002', undefined],
  ['audio/octet', 'pcm', 'fff344c4', { media_type: 'audio/mpeg' }],
  ['audio/wav', 'pcm', '5249464600000000574156450000', undefined],
  ['audio/ogg', 'mp3', '4f676753', undefined],
])('%s of %s that begins with %s', (type, wanted, head, expected) => {
  const found = kindOfSpeech(type, wanted, Buffer.from(head, 'hex'))
  if (expected) expect(found).toMatchObject(expected)
  else expect(found).toBeUndefined()
})
