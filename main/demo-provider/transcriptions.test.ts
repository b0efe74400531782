import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { canListen, easySentences, speakSentences, writeGrammar } from '../../e2e/driver/speech'
import { startDemoProvider, type Behaviour, type DemoProvider } from './index'

const folder = mkdtempSync(join(tmpdir(), 'kheish-listening-'))
const sentence = easySentences[0]
let demo: DemoProvider
let wav: Buffer

beforeAll(async () => {
  demo = await startDemoProvider({ grammar: await writeGrammar(folder, easySentences) })
  wav = canListen() ? ((await speakSentences([sentence]))[0]?.wav ?? Buffer.alloc(0)) : silence(2)
})
afterAll(async () => {
  await demo.stop()
  rmSync(folder, { recursive: true, force: true })
})

function silence(seconds: number): Buffer {
  const bytes = Buffer.alloc(44 + seconds * 32_000)
  const header = execHeader(seconds * 32_000)
  header.copy(bytes)
  return bytes
}
function execHeader(length: number): Buffer {
  const header = Buffer.alloc(44)
  header.write('RIFF', 0)
  header.writeUInt32LE(36 + length, 4)
  header.write('WAVEfmt ', 8)
  header.writeUInt32LE(16, 16)
  header.writeUInt16LE(1, 20)
  header.writeUInt16LE(1, 22)
  header.writeUInt32LE(16_000, 24)
  header.writeUInt32LE(32_000, 28)
  header.writeUInt16LE(2, 32)
  header.writeUInt16LE(16, 34)
  header.write('data', 36)
  header.writeUInt32LE(length, 40)
  return header
}

async function ask(body: unknown, behaviour?: Behaviour) {
  if (behaviour) demo.faults.add([{ on: 'transcription', ...behaviour }])
  const isForm = body instanceof FormData
  const answer = await fetch(`${demo.prefix}/audio/transcriptions`, {
    method: 'POST',
    headers: {
      authorization: 'Bearer sk-or-v1-x',
      ...(isForm ? {} : { 'content-type': 'application/json' }),
    },
    body: isForm ? body : JSON.stringify(body),
  })
  return { status: answer.status, body: (await answer.json()) as Record<string, never> }
}
const json = (bytes: Buffer, more: Record<string, unknown> = {}, format = 'wav') => ({
  model: 'openai/gpt-4o-mini-transcribe',
  input_audio: { data: bytes.toString('base64'), format },
  ...more,
})

describe.runIf(canListen())('what is said is really understood', () => {
  test('as JSON, with tokens', async () => {
    const { status, body } = await ask(json(wav))
    expect([status, body['text']]).toEqual([200, sentence])
    expect(body['usage']).toMatchObject({ input_tokens: expect.any(Number), cost: expect.any(Number) })
  })
  test('as a form, with seconds', async () => {
    const form = new FormData()
    form.set('model', 'openai/whisper-1')
    form.set('file', new File([new Uint8Array(wav)], 'said.wav', { type: 'audio/wav' }))
    const { body } = await ask(form)
    expect(body['text']).toBe(sentence)
    expect(body['usage']).toMatchObject({ seconds: expect.closeTo((wav.length - 44) / 32_000, 1) })
  })
  test('in MP3', async () => {
    const mp3 = execFileSync('lame', ['--quiet', '-b', '64', '-', '-'], { input: wav })
    expect((await ask(json(mp3, {}, 'mp3'))).body['text']).toBe(sentence)
    // A wrong word: nothing, and a success.
    expect((await ask(json(mp3))).body['text']).toBe('')
  })
})

test('silence is an empty text', async () => {
  const { status, body } = await ask(json(silence(1)), { usage: 'none' })
  expect([status, body]).toEqual([200, { text: '' }])
})

test.each([
  ['nothing', {}, 400, 'ZodError'],
  ['a data URL', json(Buffer.from('x'), { input_audio: { data: 'data:x', format: 'wav' } }), 400, 'base64'],
  ['noise', json(Buffer.from('no sound at all')), 400, 'decoded'],
  ['a model of chats', json(silence(1), { model: 'openai/gpt-5.4-mini' }), 400, 'wrong_endpoint'],
  ['a stranger', json(silence(1), { model: 'who/is-it' }), 400, 'model_not_found'],
  ['subtitles', json(silence(1), { response_format: 'srt' }), 400, 'srt'],
  [
    'times of a model that has none',
    json(silence(1), { model: 'google/chirp-3', response_format: 'verbose_json' }),
    400,
    'verbose_json',
  ],
  [
    'more than a minute for chirp',
    json(silence(61), { model: 'google/chirp-3' }),
    400,
    'Provider returned error',
  ],
])('%s is refused', async (_, body, status, words) => {
  const answer = await ask(body)
  expect(answer.status).toBe(status)
  expect(JSON.stringify(answer.body)).toContain(words)
})

test('a form of more than 25 MB is too large', async () => {
  const form = new FormData()
  form.set('model', 'openai/whisper-1')
  form.set('file', new File([new Uint8Array(25_000_001)], 'long.wav'))
  expect((await ask(form)).status).toBe(413)
})
