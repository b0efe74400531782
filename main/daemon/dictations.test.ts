import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { AssetId, RecordingId } from '@contract/ids'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { repacked } from './assets/media/sounds.fake'
import { wavOf } from './core/observations/wav-of'
import { systemClock } from './system/clock'
import { openHouse, type House } from './testing'

let house: House
/** Milliseconds that have passed beside the real ones. */
let passed = 0
const week = 7 * 24 * 60 * 60 * 1_000
const clock = { ...systemClock, now: () => Date.now() + passed }

beforeEach(async () => {
  passed = 0
  house = await openHouse({ ports: { clock } })
})
afterEach(() => house.close())

const tone = (from: number, count: number) =>
  new Uint8Array(Int16Array.from({ length: count }, (_, at) => 9_000 * Math.sin((from + at) * 0.17)).buffer)

/** Two segments, stored and written down; each as long as no other, so that no two are the same sound. */
let spoken = 0
async function dictate(name: string) {
  const recording_id = name as RecordingId
  await house.ask('recordings.begin', { recording_id, session_id: null, started_at_ms: clock.now() })
  for (const segment of [0, 1]) {
    const samples = tone(segment, 8_000 + (spoken += 160))
    house.provider.faults.add([{ on: 'transcription', text: `What was said ${String(spoken)}.` }])
    await house.daemon().sound.keepSound({ recording_id, segment, from_sample: 0, samples })
    await house.ask('recordings.endSegment', { recording_id, segment })
  }
  await house.ask('recordings.end', { recording_id })
  await house.until(
    'recording.changed',
    ({ recording }) =>
      recording.recording_id === name &&
      recording.segments.filter(({ state }) => state === 'heard').length === 2,
  )
  const { segments } = await house.ask('recordings.get', { recording_id })
  return { recording_id, sounds: segments.map(({ asset_id }) => asset_id as AssetId) }
}
const derivations = async () => (await house.ask('derivations.list', {})).derivations
const filesKept = async () =>
  (await readdir(join(house.stateRoot, 'assets'), { recursive: true }).catch(() => [])).filter((name) =>
    /[0-9a-f]{64}$/.test(name),
  )
const listed = async () => (await house.ask('assets.list', {})).assets.map(({ asset_id }) => asset_id)
const gone = () => house.events.flatMap((event) => (event.type === 'asset.deleted' ? [event.asset_id] : []))

test('discarded: neither sound nor words nor records of them are left', async () => {
  const { recording_id, sounds } = await dictate('r')
  expect(await derivations()).toHaveLength(2)
  const texts = (await derivations()).map(({ result_asset_id }) => result_asset_id)
  await house.ask('recordings.discard', { recording_id })
  expect(await derivations()).toEqual([])
  expect(await listed()).toEqual([])
  expect(await filesKept()).toEqual([])
  expect(new Set(gone())).toEqual(new Set([...sounds, ...texts]))
})

test('taken: it is there until the retention, counted from its receipt, and then nothing of it', async () => {
  const { recording_id } = await dictate('r')
  await house.ask('recordings.take', { recording_id })
  passed = week - 60_000
  await house.ask('observations.list', {})
  expect([(await listed()).length, (await derivations()).length]).toEqual([2, 2])
  passed = week
  // A start is a look, too.
  await house.restart()
  await expect.poll(filesKept).toEqual([])
  expect([await listed(), await derivations()]).toEqual([[], []])
})

test('still open at the retention: it stays until its text is taken', async () => {
  const { recording_id } = await dictate('r')
  passed = week
  await house.ask('observations.list', {})
  expect(await listed()).toHaveLength(2)
  await house.ask('recordings.take', { recording_id })
  await expect.poll(filesKept).toEqual([])
  expect(await derivations()).toEqual([])
})

test('what a chat was given of it and what somebody kept or added stays, whatever becomes of the rest', async () => {
  const asked = await dictate('asked')
  const session_id = await house.chat()
  const { run } = await house.ask('recordings.ask', {
    recording_id: asked.recording_id,
    session_id,
    request: { idempotency_key: 'k', content: 'What did I say?' },
  })
  await house.until('run.ended', (event) => event.run.run_id === run.run_id)
  await house.ask('recordings.discard', { recording_id: asked.recording_id })
  expect(new Set(await listed())).toEqual(new Set(asked.sounds))
  expect(await house.refused('assets.delete', { asset_id: asked.sounds[0] as AssetId })).toMatchObject({
    code: 'asset_delete_blocked',
  })

  const kept = await dictate('kept')
  const { asset_id } = await house.ask('recordings.keep', { recording_id: kept.recording_id })
  await house.ask('recordings.discard', { recording_id: kept.recording_id })
  expect(new Set(await listed())).toEqual(new Set([...asked.sounds, asset_id]))

  const given = await dictate('given')
  const [first] = given.sounds
  const pieces: Uint8Array[] = []
  const { stream } = await house.daemon().assets.open(first as AssetId, 'raw')
  for await (const piece of stream) pieces.push(piece)
  passed = 1_000
  const content_base64 = Buffer.concat(pieces).toString('base64')
  const again = await house.ask('assets.import', { file_name: 'mine.wav', content_base64 })
  expect(again.asset_id).toBe(first)
  await house.ask('recordings.discard', { recording_id: given.recording_id })
  expect(new Set(await listed())).toEqual(new Set([...asked.sounds, asset_id, first]))
})

test('its source is deleted while it is open: its sound goes when its text is taken', async () => {
  const { recording_id } = await dictate('r')
  await house.ask('sources.delete', { source_id: 'microphone' })
  expect(await listed()).toHaveLength(2)
  await house.ask('recordings.take', { recording_id })
  await expect.poll(filesKept).toEqual([])
  expect([await listed(), await derivations()]).toEqual([[], []])
})

test('its words leave the database with its sound, and all of it a week after somebody took it', async () => {
  const { recording_id } = await dictate('r')
  passed = 60_000
  await house.ask('recordings.take', { recording_id })
  const words = async () =>
    (await house.ask('recordings.get', { recording_id })).segments.map(({ text }) => typeof text)
  expect(await words()).toEqual(['string', 'string'])
  passed = week + 30_000
  await house.ask('observations.list', {})
  expect([await listed(), await words()]).toEqual([[], ['undefined', 'undefined']])
  passed = week + 90_000
  await house.ask('observations.list', {})
  expect(await house.refused('recordings.get', { recording_id })).toMatchObject({
    code: 'recording_not_found',
  })
})

test('a beginning that is no moment is refused', async () => {
  const begun = { recording_id: 'r' as RecordingId, session_id: null }
  for (const started_at_ms of [0.5, -1])
    await expect(house.ask('recordings.begin', { ...begun, started_at_ms })).rejects.toThrow('started_at_ms')
})

test('a model is given all of a recording, also what the retention has let go of meanwhile, or nothing', async () => {
  const session_id = await house.chat()
  const request = { idempotency_key: 'k', content: 'What did I say?' }
  const nobody = 'nobody' as RecordingId
  expect(await house.refused('recordings.ask', { recording_id: nobody, session_id, request })).toMatchObject({
    code: 'recording_not_found',
  })
  const { recording_id } = await dictate('r')
  passed = week
  const { run } = await house.ask('recordings.ask', { recording_id, session_id, request })
  await house.until('run.ended', (event) => event.run.run_id === run.run_id)
  const asked = house.provider.requests.filter(({ path }) => path.endsWith('/chat/completions'))
  expect(JSON.stringify(asked[0]?.body).match(/What was said \d+\./g)).toHaveLength(2)

  const open = 'open' as RecordingId
  await house.ask('recordings.begin', { recording_id: open, session_id: null, started_at_ms: 1 })
  for (const segment of [0, 1])
    await house.daemon().sound.keepSound({
      recording_id: open,
      segment,
      from_sample: 0,
      samples: tone(0, 7_000),
    })
  house.provider.faults.add([{ on: 'transcription', text: 'The first half.' }])
  await house.ask('recordings.endSegment', { recording_id: open, segment: 0 })
  await expect
    .poll(async () => (await house.ask('recordings.get', { recording_id: open })).text)
    .toBe('The first half.')
  const again = { ...request, idempotency_key: 'again' }
  expect(
    await house.refused('recordings.ask', { recording_id: open, session_id, request: again }),
  ).toMatchObject({ code: 'recording_invalid' })
})

test('what was dictated in a language of the person’s is not asked for again when a run is given it', async () => {
  await house.ask('preferences.set', { dictation_language: 'en', transcription_model: 'openai/whisper-1' })
  const { recording_id } = await dictate('r')
  const session_id = await house.chat()
  const { run } = await house.ask('recordings.ask', {
    recording_id,
    session_id,
    request: { idempotency_key: 'k', content: 'What did I say?' },
  })
  await house.until('run.ended', (event) => event.run.run_id === run.run_id)
  const asked = (path: string) => house.provider.requests.filter((each) => each.path.endsWith(path))
  expect(asked('/audio/transcriptions')).toHaveLength(2)
  const said = JSON.stringify(asked('/chat/completions')[0]?.body)
  expect(said.match(/What was said \d+\./g)).toHaveLength(2)
  // What was said is found as what was written is.
  const { text } = await house.ask('recordings.get', { recording_id })
  const number = / (\d+)\./.exec(text)?.[1] ?? ''
  const { hits } = await house.ask('sessions.search', { query: `said ${number}` })
  expect(hits).toMatchObject([{ session_id, role: 'user' }])
  expect(hits[0]?.excerpt).toContain(`What was said ${number}.`)
})

test('words in a language are found by their record: the same sound is not asked for twice', async () => {
  await house.ask('preferences.set', { dictation_language: 'en' })
  house.provider.faults.add([{ on: 'transcription', text: 'What was said.' }])
  for (const name of ['one', 'two']) {
    const recording_id = name as RecordingId
    await house.ask('recordings.begin', { recording_id, session_id: null, started_at_ms: 1 })
    const samples = tone(0, 8_000)
    await house.daemon().sound.keepSound({ recording_id, segment: 0, from_sample: 0, samples })
    await house.ask('recordings.end', { recording_id })
    await expect
      .poll(async () => (await house.ask('recordings.get', { recording_id })).text)
      .toBe('What was said.')
  }
  const asked = house.provider.requests.filter(({ path }) => path.endsWith('/audio/transcriptions'))
  expect(asked.map(({ body }) => (body as { language?: string }).language)).toEqual(['en'])
})

test('an encoder that stopped in the middle: what it made and what was recovered are kept as one', async () => {
  if (!existsSync('/usr/bin/opusenc')) return expect(process.platform).not.toBe('linux')
  const ogg = execFileSync(
    'opusenc',
    ['--quiet', '--raw', '--raw-rate', '16000', '--raw-chan', '1', '-', '-'],
    {
      input: tone(0, 16_000),
    },
  )
  const recording_id = 'mixed' as RecordingId
  await house.ask('recordings.begin', { recording_id, session_id: null, started_at_ms: clock.now() })
  const { sound } = house.daemon()
  for (const segment of [0, 1])
    await sound.keepSound({ recording_id, segment, from_sample: 0, samples: tone(0, 16_000) })
  const bytes = await repacked(ogg, 'streamed webm')
  house.provider.faults.add([{ on: 'transcription', text: 'What was said.', times: 2 }])
  await sound.keepSegment({ recording_id, segment: 0, media_type: 'audio/webm', bytes })
  await house.restart()
  await expect
    .poll(async () =>
      (await house.ask('recordings.get', { recording_id })).segments.map(({ asset_id }) => asset_id),
    )
    .toEqual([expect.any(String), expect.any(String)])
  const { segments } = await house.ask('recordings.get', { recording_id })
  const types = await Promise.all(
    segments.map(
      async ({ asset_id = '' as AssetId }) => (await house.ask('assets.get', { asset_id })).media_type,
    ),
  )
  expect(types).toEqual(['audio/webm', 'audio/wav'])
  const kept = await house.ask('recordings.keep', { recording_id })
  expect(kept.media_type).toBe('audio/wav')
  expect((kept.duration_ms ?? 0) / 1_000).toBeCloseTo(2, 1)
})

test('kept of one segment it is that segment’s own sound, and stays all the same', async () => {
  const recording_id = 'one' as RecordingId
  for (const ending of ['discard', 'take'] as const) {
    house.provider.faults.add([{ on: 'transcription', text: 'What was said.' }])
    await house.ask('recordings.begin', { recording_id, session_id: null, started_at_ms: 1 })
    const samples = tone(0, 8_000)
    await house.daemon().sound.keepSound({ recording_id, segment: 0, from_sample: 0, samples })
    await house.ask('recordings.end', { recording_id })
    await expect
      .poll(async () => (await house.ask('recordings.get', { recording_id })).text)
      .toBe('What was said.')
    const [sound] = await listed()
    passed += 1_000
    expect((await house.ask('recordings.keep', { recording_id })).asset_id).toBe(sound)
    await house.ask(`recordings.${ending}`, { recording_id })
    passed += week
    await house.ask('observations.list', {})
    expect(await listed()).toEqual([sound])
    await house.ask('assets.delete', { asset_id: sound as AssetId })
    expect([await listed(), await derivations(), await filesKept()]).toEqual([[], [], []])
    await house.ask('observations.list', {})
  }
})

test('a capture whose recording never learned of it, found after its retention: the sound is stored once more', async () => {
  const recording_id = 'late' as RecordingId
  await house.ask('recordings.begin', { recording_id, session_id: null, started_at_ms: 1 })
  const samples = tone(0, 8_000)
  await house.daemon().sound.keepSound({ recording_id, segment: 0, from_sample: 0, samples })
  // As it is left by a daemon that is killed between the capture and the row that names it.
  const { upload_token, source_id } = await microphone()
  const given = { source_id, upload_token, idempotency_key: 'late:0' }
  const content_base64 = Buffer.from(wavOf(samples, 16_000)).toString('base64')
  await house.ask('observations.ingest', { ...given, upload: { file_name: 'a.wav', content_base64 } })
  passed = week
  house.provider.faults.add([{ on: 'transcription', text: 'Late.' }])
  await house.restart()
  await expect.poll(async () => (await house.ask('recordings.get', { recording_id })).text).toBe('Late.')
  const { segments } = await house.ask('recordings.get', { recording_id })
  expect(await listed()).toEqual([segments[0]?.asset_id])
})

/** The built-in source with a token that is known here. */
async function microphone(limits: { readonly max_active_observations?: number } = {}) {
  const token = { source_id: 'microphone', upload_token: 'known' }
  const kind = 'microphone_segment'
  const fields = { ...token, display_name: 'Mic', kind, purge_raw_on_retention: true }
  await house.ask('sources.create', { ...fields, ...limits })
  return token
}

test('discarded before its row learned of a capture: the sound goes all the same', async () => {
  const recording_id = 'cut' as RecordingId
  await house.ask('recordings.begin', { recording_id, session_id: null, started_at_ms: 1 })
  const { upload_token, source_id } = await microphone()
  const content_base64 = Buffer.from(wavOf(tone(0, 8_000), 16_000)).toString('base64')
  const upload = { file_name: 'a.wav', content_base64 }
  const given = { source_id, upload_token, upload, stream_id: recording_id, seq_no: 0 }
  await house.ask('observations.ingest', { ...given, idempotency_key: 'cut:0' })
  expect(await listed()).toHaveLength(1)
  await house.ask('recordings.discard', { recording_id })
  expect([await listed(), await filesKept()]).toEqual([[], []])
  expect(await house.ask('observations.list', {})).toEqual({ observations: [] })
})

test('older than all that its source may keep: it is written down, and goes when its text is taken', async () => {
  await microphone({ max_active_observations: 1 })
  const one = await dictate('one')
  await house.ask('recordings.take', { recording_id: one.recording_id })
  passed = -60_000
  const late = await dictate('late')
  passed = 0
  expect((await house.ask('recordings.get', { recording_id: late.recording_id })).text).toMatch(
    /^What was said \d+\. What was said \d+\.$/,
  )
  await house.ask('recordings.take', { recording_id: late.recording_id })
  await expect.poll(async () => (await listed()).length).toBe(1)
})

test('a person deletes a recording that was written down: its words and the records of them go with it', async () => {
  const { recording_id, sounds } = await dictate('r')
  const [asset_id = '' as AssetId] = sounds
  // Somebody may still want its text.
  expect(await house.refused('assets.delete', { asset_id })).toMatchObject({ code: 'asset_delete_blocked' })
  const { asset_id: kept } = await house.ask('recordings.keep', { recording_id })
  await house.ask('recordings.discard', { recording_id })
  house.provider.faults.add([{ on: 'transcription', text: 'All of it.' }])
  const made = await house.ask('derivations.create', { subject: { type: 'asset', asset_id: kept } })
  const { blocked, references } = await house.ask('assets.delete', { asset_id: kept, dry_run: true })
  expect(blocked).toBe(false)
  expect(references).toMatchObject([
    { domain: 'derivation', owner_id: made.derivation_id, role: 'subject', hard: false },
  ])
  await house.ask('assets.delete', { asset_id: kept })
  expect([await listed(), await derivations(), await filesKept()]).toEqual([[], [], []])
  expect(await house.refused('derivations.get', { derivation_id: made.derivation_id })).toMatchObject({
    code: 'derivation_not_found',
  })
})
