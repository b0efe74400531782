import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Fault } from '@contract/fault'
import type { AssetId } from '@contract/ids'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { canListen, easySentences, speakSentences, writeGrammar } from '../../e2e/driver/speech'
import type { Behaviour } from '../demo-provider/index'
import { toPcm16 } from './core/audio/resample'
import { wavHeader } from './core/audio/wav-header'
import { openHouse, oneRoute, type House } from './testing'

const folder = mkdtempSync(join(tmpdir(), 'kheish-transcription-'))
const sentence = easySentences[0]
let grammar: string
/** Speech where this machine speaks; a tone, of which the demo says how long it is, elsewhere. */
let speech: Buffer
let house: House

beforeAll(async () => {
  grammar = await writeGrammar(folder, easySentences)
  speech = canListen() ? ((await speakSentences([sentence]))[0]?.wav ?? tone(2)) : tone(2)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))
beforeEach(async () => {
  house = await openHouse({ grammar })
})
afterEach(() => house.close())

const wavOf = (samples: Float32Array) =>
  Buffer.concat([wavHeader({ sample_rate: 16_000, channels: 1 }, samples.length * 2), toPcm16(samples)])
const tone = (seconds: number, pitch = 440) =>
  wavOf(Float32Array.from({ length: seconds * 16_000 }, (_, at) => 0.4 * Math.sin((at * pitch) / 2_600)))
const silence = () => wavOf(new Float32Array(16_000))

const add = async (bytes: Uint8Array, file_name = 'said.wav') =>
  (
    await house.ask('assets.import', {
      file_name,
      content_base64: Buffer.from(bytes).toString('base64'),
    })
  ).asset_id
const asked = (path: string) => house.provider.requests.filter((request) => request.path.startsWith(path))
const transcriptions = () => asked('/v1/audio/transcriptions')
const chats = () => asked('/v1/chat/completions')
const scripted = (behaviour: Behaviour) => house.provider.faults.add([{ on: 'transcription', ...behaviour }])
const derive = (asset_id: string, more: object = {}) =>
  house.ask('derivations.create', { subject: { type: 'asset', asset_id }, ...more } as never)

async function say(session: string, asset_id: string, content = 'What do I say?') {
  const { run } = await house.submit(session, content, {
    attachments: [{ type: 'asset_reference', asset_id }],
  })
  const ended = await house.until('run.ended', (event) => event.run.run_id === run.run_id)
  return { ...ended.run, fault: ended.message?.fault }
}

describe('a recording in the input of a run', () => {
  test('S20: is written down before the model is asked, and the model reads its words', async () => {
    const id = await add(speech)
    const run = await say(await house.chat(), id)
    expect(run.status).toBe('completed')
    expect(
      house.provider.requests
        .map(({ path }) => path.split('?')[0])
        .filter((path) => /audio|chat/.test(path ?? '')),
    ).toEqual(['/v1/audio/transcriptions', '/v1/chat/completions'])
    const [request] = transcriptions()
    expect(request?.body).toEqual({
      model: 'openai/gpt-4o-mini-transcribe',
      input_audio: { data: speech.toString('base64'), format: 'wav' },
    })
    const { text } = await house.ask('assets.text', { asset_id: id })
    if (canListen()) expect(text).toBe(sentence)
    expect(JSON.stringify(chats()[0]?.body)).toContain(text)
    expect(
      house.events.some((event) => event.type === 'run.changed' && event.run.progress === 'transcribing'),
    ).toBe(true)
    // What it cost is part of the answer's.
    expect(run.receipt?.cost.usd).toBeGreaterThan(0)
  })

  test('in the ordered shape and inline, as it stands; a second run asks nobody', async () => {
    const session = await house.chat()
    const items = [
      { type: 'inline_asset', file_name: 'said.wav', content_base64: speech.toString('base64') },
      { type: 'text', text: 'And now?' },
    ]
    const { run } = await house.submit(session, '', { input_items: items })
    await house.until('run.ended', (event) => event.run.run_id === run.run_id)
    expect(transcriptions()).toHaveLength(1)
    await say(session, await add(speech))
    expect([transcriptions().length, chats().length]).toEqual([1, 2])
  })

  test('all zeros: nobody is asked, and it is mentioned', async () => {
    const run = await say(await house.chat(), await add(silence(), 'nothing.wav'))
    expect([run.status, transcriptions().length]).toEqual(['completed', 0])
    expect(JSON.stringify(chats()[0]?.body)).toContain('nothing.wav')
  })

  const troubles: readonly (readonly [
    string,
    Behaviour,
    Partial<Extract<Fault, { code: 'provider_error' }>>,
  ])[] = [
    ['429', { status: 429, body: { error: { code: 429, message: 'Slow down' } } }, { kind: 'rate_limited' }],
    [
      '502 after a while',
      { delay_ms: 30, status: 502, body: { error: { code: 502, message: 'Provider down' } } },
      { kind: 'provider_down' },
    ],
    ['a page', { status: 502, body: '<html><title>Bad gateway</title></html>' }, { kind: 'provider_down' }],
    ['a page with a success', { status: 200, body: '<html>hello</html>' }, { kind: 'malformed' }],
    ['an empty text', { text: '' }, { kind: 'no_text', retryable: false }],
    [
      'the form of the endpoint’s own check',
      {
        status: 400,
        body: {
          success: false,
          error: { name: 'ZodError', message: '[{"path":["model"],"message":"Bad"}]' },
        },
      },
      { kind: 'bad_request' },
    ],
    ['a closed connection', { instead: 'reset' }, { kind: 'unreachable' }],
  ]
  test.each(troubles)(
    '%s: the run fails before the model is asked, the recording stays, a retry works',
    async (_, behaviour, fault) => {
      scripted(behaviour)
      const id = await add(speech)
      const session = await house.chat()
      const failed = await say(session, id)
      expect(failed).toMatchObject({ status: 'failed', fault: { code: 'provider_error', ...fault } })
      expect(chats()).toEqual([])
      expect(transcriptions()).toHaveLength(1)
      expect((await house.ask('assets.get', { asset_id: id })).text_uri).toBeUndefined()
      const { run } = await house.ask('runs.retry', { run_id: failed.run_id, idempotency_key: 'again' })
      const again = await house.until('run.ended', (event) => event.run.run_id === run.run_id)
      expect(again.run.status).toBe('completed')
      expect([transcriptions().length, chats().length]).toEqual([2, 1])
    },
  )

  test('stopped while it is written down: nothing is asked of the model, nothing is kept', async () => {
    scripted({ instead: 'hang' })
    const id = await add(speech)
    const { run } = await house.submit(await house.chat(), 'Well?', {
      attachments: [{ type: 'asset_reference', asset_id: id }],
    })
    await house.until('run.changed', (event) => event.run.progress === 'transcribing')
    while (transcriptions().length === 0) await new Promise((next) => setTimeout(next, 5))
    await house.ask('runs.cancel', { run_id: run.run_id })
    const ended = await house.until('run.ended', (event) => event.run.run_id === run.run_id)
    expect([ended.run.status, chats().length]).toEqual(['cancelled', 0])
    await expect.poll(() => transcriptions()[0]?.ended).toBe('aborted')
    expect((await house.ask('derivations.list', {})).derivations).toEqual([])
  })

  test('a limit on spending that is reached asks nobody', async () => {
    await house.ask('costs.setLimit', { limit: { period: 'day', usd: 0.000_000_001 } })
    const first = await derive(await add(speech))
    expect(first.status).toBe('completed')
    expect(
      await house.refused('derivations.create', {
        subject: { type: 'asset', asset_id: await add(tone(1), 'b.wav') },
      } as never),
    ).toMatchObject({ code: 'spending_limit_reached' })
    expect(transcriptions()).toHaveLength(1)
  })
})

describe('derivations', () => {
  test('S21: completed, attached, found by its words; the second asks nobody, neither does a run', async () => {
    const id = await add(speech)
    const made = await derive(id)
    expect(made).toMatchObject({
      status: 'completed',
      cache_status: 'miss',
      is_preferred: true,
      profile: 'canonical_text',
      backend: {
        kind: 'transcription',
        route_id: 'openrouter',
        provider: 'openrouter',
        model: 'openai/gpt-4o-mini-transcribe',
        pipeline_version: 1,
        stitching_strategy: 'single_part',
        part_count: 1,
      },
    })
    const view = await house.ask('assets.get', { asset_id: id })
    expect(view).toMatchObject({ text_uri: `asset://text/${id}`, derivation_ids: [made.derivation_id] })
    const text = await house.ask('assets.get', { asset_id: made.result_asset_id as never })
    expect(text).toMatchObject({ media_type: 'text/plain', file_name: 'said.txt', sha256: view.text_sha256 })
    expect(await derive(id)).toEqual({ ...made, cache_status: 'hit' })
    await say(await house.chat(), id)
    expect(transcriptions()).toHaveLength(1)
    const word = made.text?.split(' ')[2] ?? ''
    expect((await house.ask('assets.list', { query: word })).assets.map(({ asset_id }) => asset_id)).toEqual([
      id,
    ])
    const { references } = await house.ask('assets.references', { asset_id: text.asset_id })
    expect(references.map(({ domain, role, hard }) => [domain, role, hard])).toEqual([
      ['asset_text', 'text', true],
      ['derivation', 'result', true],
    ])
    expect(await house.refused('assets.delete', { asset_id: text.asset_id })).toMatchObject({
      code: 'asset_delete_blocked',
    })
    const { derivation_id } = made
    expect(await house.ask('derivations.get', { derivation_id })).toMatchObject({
      derivation_id,
      cache_key: made.cache_key,
    })
    expect((await house.ask('costs.report', { group_by: 'model' })).total.reported_usd).toBeGreaterThan(0)
  })

  test('two at the same time ask once; another model asks again; forced anew is preferred', async () => {
    const id = await add(speech)
    const [a, b] = await Promise.all([derive(id), derive(id)])
    expect([a.derivation_id, transcriptions().length]).toEqual([b.derivation_id, 1])
    const other = await derive(id, { model: 'openai/whisper-1' })
    expect(other).toMatchObject({ cache_status: 'miss', backend: { model: 'openai/whisper-1' } })
    const forced = await derive(id, { force_refresh: true })
    expect([forced.cache_status, transcriptions().length]).toEqual(['miss', 3])
    const { derivations } = await house.ask('derivations.list', { subject: { type: 'asset', asset_id: id } })
    expect(derivations.map(({ derivation_id, is_preferred }) => [derivation_id, is_preferred])).toEqual([
      [forced.derivation_id, true],
      [other.derivation_id, true],
      [a.derivation_id, false],
    ])
  })

  test('with options the words are not attached, and unsound options are refused', async () => {
    const id = await add(speech)
    const made = await derive(id, { options: { language: 'en', prompt: 'windows' } })
    expect(made).toMatchObject({ status: 'completed', cache_status: 'miss' })
    expect((await house.ask('assets.get', { asset_id: id })).text_uri).toBeUndefined()
    expect(transcriptions()[0]?.body).toMatchObject({
      language: 'en',
      provider: { options: { openai: { prompt: 'windows' } } },
    })
    const subject = { type: 'asset', asset_id: id }
    for (const [field, options] of Object.entries({
      prompt: { prompt: 'x'.repeat(2_001) },
      language: { language: 'en us' },
      timestamps: { timestamps: true },
      diarization: { diarization: true },
    }))
      expect(await house.refused('derivations.create', { subject, options } as never)).toMatchObject({
        code: 'derivation_options_invalid',
        field,
      })
  })

  test('what lasts is told again until it is asked anew; what passes is not written down', async () => {
    const id = await add(speech)
    scripted({ status: 429, body: { error: { code: 429, message: 'Slow down' } } })
    const subject = { type: 'asset', asset_id: id }
    expect(await house.refused('derivations.create', { subject } as never)).toMatchObject({
      kind: 'rate_limited',
    })
    expect((await house.ask('derivations.list', {})).derivations).toEqual([])
    scripted({ text: '' })
    const failed = await derive(id)
    expect(failed).toMatchObject({ status: 'failed', cache_status: 'miss', fault: { kind: 'no_text' } })
    expect(await derive(id)).toEqual({ ...failed, cache_status: 'hit' })
    expect(transcriptions()).toHaveLength(2)
    expect(await derive(id, { retry_failed: true })).toMatchObject({
      status: 'completed',
      cache_status: 'miss',
    })
    expect(await derive(id, { retry_failed: true })).toMatchObject({
      status: 'completed',
      cache_status: 'hit',
    })
  })

  test('all zeros are skipped by a retry, too, and asked for only where it is forced', async () => {
    const id = await add(silence(), 'nothing.wav')
    const silent = { cache_status: 'miss', status: 'failed', fault: { kind: 'no_text' } }
    expect(await derive(id)).toMatchObject(silent)
    expect(await derive(id, { retry_failed: true })).toMatchObject(silent)
    expect(transcriptions()).toEqual([])
    await derive(id, { force_refresh: true })
    expect(transcriptions()).toHaveLength(1)
  })

  test('a daemon that closes stops what is being written down', async () => {
    scripted({ instead: 'hang' })
    const subject = { type: 'asset', asset_id: await add(speech) }
    const refused = house.refused('derivations.create', { subject } as never)
    await expect.poll(() => transcriptions().length).toBe(1)
    await house.restart()
    expect(await refused).toMatchObject({ code: 'interrupted' })
    await expect.poll(() => transcriptions()[0]?.ended).toBe('aborted')
    expect((await house.ask('derivations.list', {})).derivations).toEqual([])
  })

  test('samples that few can read are made plain 16 kHz WAV first, and nothing of it stays', async () => {
    const float = Buffer.concat([
      wavHeader({ sample_rate: 16_000, channels: 1 }, 64_000),
      Buffer.alloc(64_000),
    ])
    float.writeUInt16LE(3, 20)
    float.writeUInt32LE(64_000, 28)
    float.writeUInt16LE(4, 32)
    float.writeUInt16LE(32, 34)
    for (let at = 0; at < 16_000; at++) float.writeFloatLE(Math.sin(at / 6) / 2, 44 + at * 4)
    await derive(await add(float, 'float.wav'))
    const [request] = transcriptions()
    const { input_audio } = Object(request?.body) as { readonly input_audio: { readonly data: string } }
    const sent = Buffer.from(input_audio.data, 'base64')
    expect(readdirSync(join(house.stateRoot, 'scratch/transcription'))).toEqual([])
    expect([sent.readUInt16LE(20), sent.readUInt16LE(34), sent.readUInt32LE(24)]).toEqual([1, 16, 16_000])
  })

  test('of words, of files without sound and of inputs of a chat', async () => {
    const note = await add(Buffer.from('Buy  milk.\r\n'), 'note.txt')
    expect(await derive(note)).toMatchObject({ text: 'Buy  milk.', backend: { kind: 'derived_text' } })
    expect(await derive(note)).toMatchObject({ cache_status: 'hit' })
    const session = await house.chat()
    await say(session, note, 'Read this.')
    const { events } = await house.ask('sessions.events', { session_id: session })
    const offset = events.find(({ kind }) => kind === 'input_received')?.offset ?? 0
    const input = (at: number) =>
      ({ subject: { type: 'session_input', session_id: session, offset: at } }) as never
    expect(await house.ask('derivations.create', input(offset))).toMatchObject({
      text: 'Read this.\n[File: note.txt (text/plain)]',
    })
    expect(await house.refused('derivations.create', input(offset + 1))).toMatchObject({
      code: 'derivation_subject_unknown',
    })
    expect(
      await house.refused('derivations.create', {
        profile: 'visual_preview',
        subject: { type: 'asset', asset_id: note },
      } as never),
    ).toMatchObject({ code: 'derivation_unsupported' })
  })
})

test('what was derived of a chat’s input goes with the last chat that says so', async () => {
  const words = 'What nobody is to read later.'
  async function derived(): Promise<{ readonly session_id: string; readonly asset_id: AssetId }> {
    const session_id = await house.chat()
    const { run } = await house.submit(session_id, words)
    await house.until('run.ended', (event) => event.run.run_id === run.run_id)
    const { events } = await house.ask('sessions.events', { session_id })
    const offset = events.find(({ kind }) => kind === 'input_received')?.offset ?? 0
    const subject = { type: 'session_input', session_id, offset } as const
    const { result_asset_id } = await house.ask('derivations.create', { subject })
    return { session_id, asset_id: result_asset_id as AssetId }
  }
  const subjects = async () =>
    (await house.ask('derivations.list', {})).derivations.map(({ subject }) => subject)
  const [first, second] = [await derived(), await derived()]
  const { asset_id } = second
  expect(first.asset_id).toBe(asset_id)
  await house.ask('sessions.delete', { session_id: first.session_id })
  await house.restart()
  await expect.poll(subjects).toMatchObject([{ session_id: second.session_id }])
  await house.ask('assets.get', { asset_id })
  await house.ask('sessions.delete', { session_id: second.session_id })
  await house.restart()
  await expect.poll(subjects).toEqual([])
  expect(await house.refused('assets.get', { asset_id })).toMatchObject({ code: 'asset_not_found' })
  expect(house.events).toContainEqual({ type: 'asset.deleted', asset_id })
  const files = () =>
    readdirSync(join(house.stateRoot, 'assets'), { recursive: true, withFileTypes: true }).filter((file) =>
      file.isFile(),
    )
  const isKept = () => files().some((file) => readFileSync(join(file.parentPath, file.name)).includes(words))
  await expect.poll(isKept).toBe(false)
})

test('no route writes down: the run goes on without words, and whoever asks is told', async () => {
  await house.close()
  house = await openHouse({
    grammar,
    routes: `${oneRoute}transcription = false\n`,
  })
  const id = await add(speech)
  const run = await say(await house.chat(), id)
  expect([run.status, transcriptions().length]).toEqual(['completed', 0])
  expect(
    await house.refused('derivations.create', { subject: { type: 'asset', asset_id: id } } as never),
  ).toMatchObject({ code: 'transcription_route_missing' })
})
