import { fault } from '@contract/fault'
import type { RecordingId, SessionId } from '@contract/ids'
import type { RecordingView, SegmentView, SoundPiece } from '@contract/recordings'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createFakeClient } from '../../client/fake'
import type { ArmedHearers, ArmedMicrophone, Started } from '../../lib/sound/armed-microphone'
import { frameLength, samplesOf } from '../../lib/sound/rate'
import { createDictationStore, tailMs } from './create-dictation-store'

const id = 'r1' as RecordingId

/** A daemon that keeps sound as the contract says, and tells of texts when it is told to. */
function world(
  options: { format?: 'wav' | 'webm'; started?: Started; types?: boolean; codec?: boolean } = {},
) {
  const { format = 'wav', started = { ok: true }, types = false, codec = true } = options
  const kept = new Map<number, number>()
  let segments: SegmentView[] = []
  let state: RecordingView['state'] = 'open'
  let isFull = false
  const said: string[] = []
  const typed: string[] = []
  const encoded: number[] = []
  const view = (): RecordingView => {
    const upTo = segments.findIndex((each) => each.state !== 'heard' && each.state !== 'silent')
    const told = upTo < 0 ? segments : segments.slice(0, upTo)
    const text = told.flatMap((each) => each.text ?? []).join(' ')
    return { recording_id: id, session_id: null, started_at_ms: 0, state, duration_ms: 0, segments, text }
  }
  const fake = createFakeClient(
    {
      'recordings.begin': view,
      'recordings.endSegment': ({ segment, is_silent }) => {
        segments = [
          ...segments,
          { number: segment, state: is_silent ? 'silent' : 'transcribing', duration_ms: 0 },
        ]
        return view()
      },
      'recordings.end': () => {
        state = 'ended'
        return view()
      },
      'recordings.retry': view,
      'recordings.take': () => undefined,
      'recordings.discard': () => undefined,
      'recordings.list': () => ({
        recordings: [{ ...view(), recording_id: 'old' as RecordingId, state: 'left' }],
      }),
    },
    undefined,
    {
      async keepSound({ segment, from_sample, samples }: SoundPiece) {
        if (isFull) return { ok: false, fault: fault('storage_full', 'full') }
        const has = kept.get(segment) ?? 0
        if (from_sample !== has)
          return { ok: false, fault: fault('recording_invalid', `hole at ${from_sample}`) }
        kept.set(segment, has + samples.byteLength / 2)
        return { ok: true, value: null }
      },
      async keepSegment({ segment }) {
        encoded.push(segment)
        return { ok: true, value: null }
      },
    },
  )
  let hearers: ArmedHearers | undefined
  const microphone: ArmedMicrophone = {
    arm: () => undefined,
    release: () => undefined,
    async start(_, next) {
      if (started.ok) hearers = next
      return started
    },
    stop: () => (hearers = undefined),
  }
  let time = 0
  const store = createDictationStore({
    client: fake.client,
    microphone,
    encode: async () => (codec ? new ArrayBuffer(8) : null),
    preferences: () => ({ dictation_format: format, microphone_id: '', dictation_types: types }),
    session: () => null as SessionId | null,
    insertInto: () => ({ put: (text) => void said.push(text), remove: () => said.push('(removed)') > 0 }),
    type: async (text) => typed.push(text) > 0,
    now: () => time,
    newId: () => id,
  })
  return {
    ...fake,
    store,
    said,
    typed,
    encoded,
    kept,
    /** So long of speech, or of silence. */
    hear(ms: number, loudness = 6_000) {
      for (let at = 0; at < samplesOf(ms); at += frameLength)
        hearers?.onFrame(Int16Array.from({ length: frameLength }, (_, i) => (i % 2 ? loudness : -loudness)))
    },
    hearers: () => hearers,
    pass: (ms: number) => void (time += ms),
    fill: (full: boolean) => void (isFull = full),
    tell(number: number, change: Partial<SegmentView>) {
      segments = segments.map((each) => (each.number === number ? { ...each, ...change } : each))
      fake.publish({ type: 'recording.changed', recording: view() })
      store.hear({ type: 'recording.changed', recording: view() })
    },
    names: () => fake.asked.map(({ name }) => name),
  }
}

const settle = () => vi.advanceTimersByTimeAsync(50)

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('a dictation', () => {
  it('brings every sample to the daemon, tail included, and its text into the box, once', async () => {
    const { store, hear, kept, tell, said, names } = world()
    store.toggle()
    await settle()
    hear(1_000)
    expect(store.getState()).toMatchObject({ phase: 'recording', seconds: 1 })
    store.toggle()
    expect(store.getState().phase).toBe('finishing')
    hear(tailMs + 100)
    await settle()
    expect(store.getState().phase).toBe('waiting')
    const sum = [...kept.values()].reduce((all, each) => all + each, 0)
    expect(sum).toBeGreaterThanOrEqual(samplesOf(1_500))
    expect(sum).toBeLessThan(samplesOf(1_600))
    tell(0, { state: 'heard', text: 'hello world' })
    expect(said).toContain('hello world')
    expect(new Set(said).size).toBe(1)
    expect(store.getState().phase).toBe('done')
    expect(names()).toContain('recordings.take')
  })

  it('goes on where a press was a tap, and ends with a key that was held', async () => {
    const { store, hear, pass } = world()
    const tap = store.hold()
    pass(120)
    tap()
    await settle()
    hear(200)
    expect(store.getState().phase).toBe('recording')
    store.hold()()
    expect(store.getState().phase).toBe('finishing')
    hear(600)
    await settle()
    const held = store.hold()
    await settle()
    hear(200)
    pass(900)
    held()
    expect(store.getState().phase).toBe('finishing')
  })

  it('puts texts in their order as they come', async () => {
    const { store, hear, tell, said } = world()
    store.toggle()
    await settle()
    hear(4_000)
    hear(2_000, 0)
    hear(3_000)
    await settle()
    store.insert()
    hear(600, 0)
    await settle()
    const numbers = store.getState().view?.segments.filter(({ state }) => state === 'transcribing') ?? []
    expect(numbers).toHaveLength(2)
    tell(numbers[1]?.number ?? -1, { state: 'heard', text: 'second' })
    expect(said).toEqual([])
    tell(numbers[0]?.number ?? -1, { state: 'heard', text: 'first' })
    expect(new Set(said)).toEqual(new Set(['first second']))
  })

  it('keeps the recording when nobody can write it down, and tries again', async () => {
    const { store, hear, tell, said, names } = world()
    store.toggle()
    await settle()
    hear(1_000)
    store.toggle()
    hear(600)
    await settle()
    tell(0, { state: 'failed', fault: fault('transcription_route_missing', 'none') })
    expect(store.getState()).toMatchObject({ phase: 'failed', trouble: { kind: 'unwritten' } })
    expect(names()).not.toContain('recordings.take')
    store.retry()
    await settle()
    expect(store.getState().phase).toBe('waiting')
    tell(0, { state: 'heard', text: 'at last' })
    expect(said).toContain('at last')
    expect(store.getState().phase).toBe('done')
  })

  it('takes a segment without words for no failure', async () => {
    const { store, hear, tell, said } = world()
    store.toggle()
    await settle()
    hear(4_000)
    hear(2_000, 0)
    hear(3_000)
    store.insert()
    hear(600, 0)
    await settle()
    const [one, other] = store.getState().view?.segments.filter(({ state }) => state === 'transcribing') ?? []
    const noText = fault('provider_error', 'no words', { kind: 'no_text', retryable: false })
    tell(one?.number ?? -1, { state: 'failed', fault: noText })
    tell(other?.number ?? -1, { state: 'heard', text: 'only this' })
    expect(said).toEqual(['only this'])
    expect(store.getState().phase).toBe('done')
  })

  it('hands over webm where that is wanted', async () => {
    const { store, hear, encoded } = world({ format: 'webm' })
    store.toggle()
    await settle()
    hear(1_000)
    store.toggle()
    hear(600)
    await settle()
    expect(encoded).toEqual([0])
  })

  it('says so where it could not be encoded, and keeps it as it came', async () => {
    const { store, hear, encoded, names } = world({ format: 'webm', codec: false })
    store.toggle()
    await vi.waitFor(() => expect(store.getState().phase).toBe('arming'))
    await Promise.resolve()
    hear(2_000)
    store.toggle()
    hear(tailMs)
    await vi.waitFor(() => expect(names()).toContain('recordings.end'))
    expect(store.getState().notice).toEqual({ kind: 'unencoded' })
    expect(encoded).toEqual([])
    expect(names()).toContain('recordings.endSegment')
  })

  it('waits for room on a full disk and loses nothing', async () => {
    const { store, hear, fill, kept } = world()
    fill(true)
    store.toggle()
    await settle()
    hear(1_000)
    await settle()
    expect(store.getState().notice).toEqual({ kind: 'diskFull' })
    fill(false)
    await vi.advanceTimersByTimeAsync(2_100)
    expect(store.getState().notice).toBeNull()
    expect([...kept.values()].reduce((all, each) => all + each, 0)).toBeGreaterThan(samplesOf(900))
  })

  it('says that a microphone is muted, gone, or not allowed', async () => {
    const one = world()
    one.store.toggle()
    await settle()
    one.hear(2_100, 0)
    expect(one.store.getState().notice).toEqual({ kind: 'muted' })
    one.hear(100)
    expect(one.store.getState().notice).toBeNull()
    one.hearers()?.onOther('Desk microphone')
    expect(one.store.getState().notice).toEqual({ kind: 'other', label: 'Desk microphone' })
    one.hearers()?.onGone()
    await settle()
    one.tell(1, { state: 'heard', text: 'so far' })
    expect(one.said).toContain('so far')
    expect(one.store.getState()).toMatchObject({ phase: 'failed', trouble: { kind: 'gone' } })

    const denied = world({ started: { ok: false, trouble: 'denied' } })
    denied.store.toggle()
    await settle()
    expect(denied.store.getState()).toMatchObject({ phase: 'failed', trouble: { kind: 'denied' } })
    expect(denied.names()).toEqual([])
  })

  it('sends no silence, and takes nothing for words', async () => {
    const { store, hear, said, asked } = world()
    store.toggle()
    await settle()
    hear(1_500, 4)
    store.toggle()
    hear(600, 4)
    await settle()
    expect(asked.find(({ name }) => name === 'recordings.endSegment')?.input).toMatchObject({
      is_silent: true,
    })
    expect(said).toEqual([])
    expect(store.getState().trouble).toEqual({ kind: 'silent' })
  })

  it('asks before much is thrown away, and leaves nothing of it', async () => {
    const { store, hear, said, names } = world()
    store.toggle()
    await settle()
    hear(6_000)
    store.askDiscard()
    expect(store.getState()).toMatchObject({ isAsking: true, phase: 'recording' })
    store.discard()
    await settle()
    expect(store.getState().phase).toBe('idle')
    expect(said).toEqual(['(removed)'])
    expect(names()).toContain('recordings.discard')
  })

  it('is typed into the program that is in front, all at once', async () => {
    const { store, hear, tell, said, typed } = world({ types: true })
    store.pressElsewhere()
    await settle()
    hear(1_000)
    store.pressElsewhere()
    hear(600)
    await settle()
    tell(0, { state: 'heard', text: 'for somebody else' })
    await settle()
    expect(typed).toEqual(['for somebody else'])
    expect(said).toEqual([])
  })

  it('offers what a crash has left', async () => {
    const { store, names } = world()
    await store.load()
    expect(store.getState().left).toHaveLength(1)
    store.discardLeft('old' as RecordingId)
    expect(store.getState().left).toEqual([])
    expect(names()).toContain('recordings.discard')
  })
})
