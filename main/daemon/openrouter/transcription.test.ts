import { afterEach, describe, expect, test } from 'vitest'
import type { Behaviour } from '../../demo-provider/index'
import { wavHeader } from '../core/audio/wav-header'
import { Failure } from '../core/failure'
import { open } from './open-room.suite'
import type { Limits } from './limits'

let room: Awaited<ReturnType<typeof open>> | undefined
afterEach(async () => {
  await room?.close()
  room = undefined
})

const wav = Buffer.concat([wavHeader({ sample_rate: 16_000, channels: 1 }, 3_200), Buffer.alloc(3_200, 40)])
const model = 'openai/whisper-1'
const { signal } = new AbortController()

async function ask(behaviour: Behaviour, more: object = {}, limits: Partial<Limits> = {}, by = signal) {
  room = await open([{ on: 'transcription', ...behaviour }], limits)
  return room.driver.transcribe(room.access, { model, bytes: wav, format: 'wav', ...more }, by)
}
const trouble = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => (error instanceof Failure ? error.fault : error),
  )

test('the recording, its format and what was said of it travel; text, usage and id come back', async () => {
  const made = await ask({ text: ' Hello there. ' }, { language: 'en', prompt: 'names', session_id: 's1' })
  expect(made).toMatchObject({ text: 'Hello there.', usage: { seconds: 0.1, cost_usd: expect.any(Number) } })
  expect(made.generation_id).toMatch(/^gen-stt-/)
  expect(room?.demo.requests[0]?.body).toEqual({
    model,
    input_audio: { data: wav.toString('base64'), format: 'wav' },
    language: 'en',
    provider: { options: { openai: { prompt: 'names' }, groq: { prompt: 'names' } } },
    session_id: 's1',
  })
})

test.each([
  [
    'tokens',
    { text: 'a', usage: { input_tokens: 3, output_tokens: 1, cost: 0.1 } },
    { text: 'a', usage: { prompt_tokens: 3, completion_tokens: 1, cost_usd: 0.1 } },
  ],
  ['no usage', { text: 'a' }, { text: 'a' }],
  ['odd usage', { text: 'a', usage: 'much' }, { text: 'a' }],
  ['an assistant’s words', { choices: [{ message: { role: 'assistant', content: ' b ' } }] }, { text: 'b' }],
  [
    'parts of them',
    { text: ' ', choices: [{ message: { content: [{ type: 'text', text: 'c' }] } }] },
    { text: 'c' },
  ],
  ['nothing', {}, { text: '' }],
  [
    'blanks that cost',
    { text: ' \n ', usage: { seconds: 2, cost: 0.1 } },
    { text: '', usage: { seconds: 2, cost_usd: 0.1 } },
  ],
  ['words of a person', { choices: [{ message: { role: 'user', content: 'x' } }] }, { text: '' }],
])('%s is understood', async (_, body, made) => {
  expect(await ask({ status: 200, body })).toEqual(made)
})

describe('what fails', () => {
  test.each<readonly [string, Behaviour, object]>([
    [
      'an error in a success',
      { status: 200, body: { error: { code: 402, message: 'no money' } } },
      { kind: 'payment', retryable: false },
    ],
    [
      'an error in a choice',
      { status: 200, body: { choices: [{ error: { code: 429, message: 'later' } }] } },
      { kind: 'rate_limited', retryable: true },
    ],
    [
      'a check',
      {
        status: 400,
        body: {
          success: false,
          error: { name: 'ZodError', message: '[{"path":["model"],"message":"Bad"}]' },
        },
      },
      { kind: 'bad_request', http_status: 400, retryable: false },
    ],
    [
      'a refused key',
      { status: 401, body: { error: { code: 401, message: 'No' } } },
      { kind: 'key_refused' },
    ],
    [
      '429',
      { status: 429, headers: { 'retry-after': '3' }, body: { error: { code: 429, message: 'No' } } },
      { kind: 'rate_limited', retry_after_ms: 3_000 },
    ],
    [
      'a page',
      { status: 502, body: '<html><title>Bad gateway</title></html>' },
      { kind: 'provider_down', said: 'Bad gateway' },
    ],
    ['a page and a success', { status: 200, body: '<html></html>' }, { kind: 'malformed' }],
    [
      'a provider’s time-out',
      { status: 504, body: { error: { code: 504, message: 'aborted' } } },
      { kind: 'timeout' },
    ],
    ['more than it may be', { status: 200, body: { text: 'x'.repeat(2_000_000) } }, { kind: 'malformed' }],
  ])('%s', async (_, behaviour, fault) => {
    expect(await trouble(ask(behaviour))).toMatchObject({ code: 'provider_error', ...fault })
    expect(room?.demo.requests).toHaveLength(1)
  })

  test('silence of the provider ends it once, and leaves no timer', async () => {
    expect(await trouble(ask({ instead: 'hang' }, {}, { transcription_ms: 60 }))).toMatchObject({
      kind: 'timeout',
    })
    expect([room?.demo.requests.length, room?.clock.pending()]).toEqual([1, 0])
  })

  test('a caller that stops it ends the request', async () => {
    const stop = new AbortController()
    const asked = ask({ instead: 'hang' }, {}, {}, stop.signal)
    await expect.poll(() => room?.demo.requests.length).toBe(1)
    stop.abort()
    expect(await trouble(asked)).toMatchObject({ code: 'interrupted' })
    await expect.poll(() => room?.demo.requests[0]?.ended).toBe('aborted')
  })
})
