import type { RecordingId } from '@contract/ids'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { wavHeader } from './core/audio/wav-header'
import { systemClock } from './system/clock'
import { openHouse, type House } from './testing'

let house: House
/** What is asked again after a second or more, when nobody waits any longer. */
let later: Promise<void>
/** Nobody waits here for a record that lags behind. */
const clock: typeof systemClock = {
  ...systemClock,
  sleep: async (ms, signal) => {
    await systemClock.sleep(Math.min(ms, 10), signal)
    if (ms >= 1_000) await later
  },
  // The look for what the process before has left.
  after: (ms, work) => systemClock.after(ms === 1_000 ? 10 : ms, work),
}
beforeEach(async () => {
  later = Promise.resolve()
  house = await openHouse({ ports: { clock } })
  await house.ask('models.refresh', {})
})
afterEach(() => house.close())

const tone = (count: number) =>
  new Uint8Array(Int16Array.from({ length: count }, (_, at) => 9_000 * Math.sin(at * 0.17)).buffer)
const script = (...behaviours: Parameters<House['provider']['faults']['add']>[0]) =>
  house.provider.faults.add(behaviours)
const unknown = (times: number) => script({ on: 'generation', status: 404, body: {}, times })
const lines = async () =>
  (await house.ask('costs.report', { group_by: 'session' })).rows.map((row) => ({
    label: row.label,
    lines: row.runs,
    basis: row.reported_usd > 0 ? 'reported' : row.estimated_usd > 0 ? 'estimated' : 'unavailable',
  }))
async function add(count: number): Promise<string> {
  const samples = tone(count)
  const bytes = Buffer.concat([wavHeader({ sample_rate: 16_000, channels: 1 }, samples.length), samples])
  const given = { file_name: 'said.wav', content_base64: bytes.toString('base64') }
  return (await house.ask('assets.import', given)).asset_id
}
const derive = (asset_id: string) =>
  house.ask('derivations.create', { subject: { type: 'asset', asset_id } } as never)
async function say(asset_id: string) {
  const session_id = await house.chat()
  const { run } = await house.submit(session_id, 'What do I say?', {
    attachments: [{ type: 'asset_reference', asset_id }],
  })
  const ended = await house.until('run.ended', (event) => event.run.run_id === run.run_id)
  return { session_id, usd: ended.run.receipt?.cost.usd ?? 0, status: ended.run.status }
}
const total = async () => (await house.ask('costs.report', {})).total
const spent = async () => (await house.ask('costs.spending', {})).spent_usd

test('a success without words is paid for, by whoever asked', async () => {
  script({ on: 'transcription', text: '' })
  expect(await derive(await add(8_000))).toMatchObject({ status: 'failed', fault: { kind: 'no_text' } })
  expect(await lines()).toEqual([{ label: 'transcription', lines: 1, basis: 'reported' }])
  const before = await spent()
  script({ on: 'transcription', text: '' })
  const { status, usd } = await say(await add(8_800))
  expect([status, usd > 0]).toEqual(['failed', true])
  expect((await spent()) - before).toBeCloseTo(usd, 9)
})

test('what is dictated is counted once, under the chat it was spoken for, else under what it is', async () => {
  const session_id = await house.chat()
  for (const [name, session] of [
    ['a', session_id],
    ['b', null],
  ] as const) {
    const recording_id = name as RecordingId
    await house.ask('recordings.begin', { recording_id, session_id: session, started_at_ms: 1 })
    for (const segment of [0, 1]) {
      const samples = tone(8_000 + 160 * segment + (session ? 0 : 1_600))
      await house.daemon().sound.keepSound({ recording_id, segment, from_sample: 0, samples })
    }
    script({ on: 'transcription', text: 'Words.', times: 2 })
    await house.ask('recordings.end', { recording_id })
    await house.until(
      'recording.changed',
      ({ recording }) =>
        recording.recording_id === name &&
        recording.segments.filter(({ state }) => state === 'heard').length === 2,
    )
  }
  expect(new Set(await lines())).toEqual(
    new Set([
      { label: session_id, lines: 2, basis: 'reported' },
      { label: 'transcription', lines: 2, basis: 'reported' },
    ]),
  )
  const session = await house.ask('sessions.get', { session_id })
  expect(session.cost_usd).toBeGreaterThan(0)
})

test('speech whose price comes late is guessed, then known; nobody’s has a name of its own', async () => {
  let go = (): void => undefined
  later = new Promise((open) => (go = open))
  // Two look-ups while a person waits.
  unknown(2)
  const { cost_usd = 0 } = await house.ask('audio.speak', { input: 'Good morning.' })
  expect(await lines()).toEqual([{ label: 'speech', lines: 1, basis: 'estimated' }])
  expect(cost_usd).toBeGreaterThan(0)
  go()
  await expect.poll(lines).toEqual([{ label: 'speech', lines: 1, basis: 'reported' }])
  expect((await total()).estimated_usd).toBe(0)
})

test('a tool’s speech is its run’s affair where its price is reported, else a line of its own: never both', async () => {
  const args = JSON.stringify({ input: 'Good night.' })
  const call = { index: 0, id: 'c1', type: 'function', function: { name: 'generate_audio', arguments: args } }
  let go = (): void => undefined
  later = new Promise((open) => (go = open))
  unknown(2)
  script({ tool_calls: [[call]], finish_reason: 'tool_calls' }, { text: 'Done.' })
  const session_id = await house.chat()
  const { run } = await house.submit(session_id, 'Say it.')
  const ended = await house.until('run.ended', (event) => event.run.run_id === run.run_id)
  const usd = ended.run.receipt?.cost.usd ?? 0
  const before = await total()
  expect([before.runs, before.reported_usd]).toEqual([2, expect.closeTo(usd, 9)])
  expect(before.estimated_usd).toBeGreaterThan(0)
  go()
  await expect.poll(async () => (await total()).estimated_usd).toBe(0)
  const after = await total()
  expect([after.runs, after.reported_usd > usd]).toEqual([2, true])
  const session = await house.ask('sessions.get', { session_id })
  expect(session.cost_usd).toBeCloseTo(after.reported_usd, 9)
})

test('a process that ends before the price is known leaves the question to the next one', async () => {
  unknown(100)
  await house.ask('audio.speak', { input: 'Good night.' })
  expect(await lines()).toEqual([{ label: 'speech', lines: 1, basis: 'estimated' }])
  await house.restart()
  house.provider.faults.clear()
  await house.restart()
  await expect.poll(lines).toEqual([{ label: 'speech', lines: 1, basis: 'reported' }])
})

test('an answer that does not say its price: the run goes on, and a line of its own is settled', async () => {
  unknown(1)
  script({ on: 'transcription', text: 'What was said.', usage: 'none' })
  const { session_id, usd } = await say(await add(8_000))
  await expect.poll(async () => (await total()).unavailable_runs).toBe(0)
  const [row] = await lines()
  expect(row).toMatchObject({ lines: 2, basis: 'reported' })
  const session = await house.ask('sessions.get', { session_id })
  expect((await total()).reported_usd).toBeGreaterThan(usd)
  expect(session.cost_usd).toBeCloseTo((await total()).reported_usd, 9)
})

test('what broke after the provider had begun is counted, what it refused is not', async () => {
  const id = await add(8_000)
  script({ on: 'transcription', status: 502, body: { error: { code: 502, message: 'No' } } })
  await expect(derive(id)).rejects.toThrow('provider_error')
  expect(await lines()).toEqual([])
  const headers = { 'x-generation-id': 'gen-stt-1', 'content-type': 'application/json' }
  script({ on: 'transcription', status: 200, headers, body: '{"text":' })
  expect(await derive(id)).toMatchObject({ fault: { kind: 'malformed', generation_id: 'gen-stt-1' } })
  expect(await lines()).toEqual([{ label: 'transcription', lines: 1, basis: 'unavailable' }])
})
