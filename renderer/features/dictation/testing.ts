import { fault } from '@contract/fault'
import type { RecordingId, SessionId } from '@contract/ids'
import type { RecordingView, SegmentView, SoundPiece } from '@contract/recordings'
import { createFakeClient } from '../../client/fake'
import type { ArmedHearers, ArmedMicrophone, Started } from '../../lib/sound/armed-microphone'
import { frameLength, msOf, samplesOf } from '../../lib/sound/rate'
import { createDictationStore } from './create-dictation-store'

const name = (id: string) => id as RecordingId

interface Kept {
  state: RecordingView['state']
  segments: SegmentView[]
  readonly samples: Map<number, number>
}

/** A daemon that keeps sound as the contract says, and tells of texts when it is told to. Recordings are r1, r2 … */
export function dictationWorld(
  options: {
    format?: 'wav' | 'webm'
    started?: Started
    types?: boolean
    codec?: boolean
    /** Another one, called old, that is there before. */
    left?: RecordingView['state']
    platform?: string
    isTyped?: boolean
  } = {},
) {
  const {
    format = 'wav',
    started = { ok: true },
    types = false,
    codec = true,
    platform = 'linux',
    isTyped = true,
  } = options
  const recordings = new Map<RecordingId, Kept>()
  if (options.left)
    recordings.set(name('old'), {
      state: options.left,
      segments: [{ number: 0, state: 'recording', duration_ms: 4_000 }],
      samples: new Map(),
    })
  let isFull = false
  let isRefused = false
  const said: string[] = []
  const typed: string[] = []
  const encoded: number[] = []
  const of = (id: string): Kept => {
    const kept = recordings.get(name(id)) ?? { state: 'open', segments: [], samples: new Map() }
    recordings.set(name(id), kept)
    return kept
  }
  const view = (id: string): RecordingView => {
    const { segments, state } = of(id)
    const upTo = segments.findIndex((each) => each.state !== 'heard' && each.state !== 'silent')
    const told = upTo < 0 ? segments : segments.slice(0, upTo)
    const text = told.flatMap((each) => each.text ?? []).join(' ')
    return {
      recording_id: name(id),
      session_id: null,
      started_at_ms: 0,
      state,
      duration_ms: 0,
      segments,
      text,
    }
  }
  const fake = createFakeClient(
    {
      'recordings.begin': ({ recording_id }) => view(recording_id),
      'recordings.endSegment': ({ recording_id, segment, is_silent }) => {
        const kept = of(recording_id)
        kept.segments = [
          ...kept.segments,
          { number: segment, state: is_silent ? 'silent' : 'transcribing', duration_ms: 0 },
        ]
        return view(recording_id)
      },
      'recordings.end': ({ recording_id }) => {
        const kept = of(recording_id)
        // A segment that nobody has ended is ended with it.
        for (const number of kept.samples.keys())
          if (!kept.segments.some((each) => each.number === number))
            kept.segments = [...kept.segments, { number, state: 'transcribing', duration_ms: 0 }]
        kept.state = 'ended'
        return view(recording_id)
      },
      'recordings.retry': ({ recording_id }) => view(recording_id),
      'recordings.take': () => undefined,
      'recordings.discard': () => undefined,
      'recordings.list': () => ({ recordings: [...recordings.keys()].map(view) }),
    },
    undefined,
    {
      async keepSound({ recording_id, segment, from_sample, samples }: SoundPiece) {
        if (isFull) return { ok: false, fault: fault('storage_full', 'full') }
        if (isRefused) return { ok: false, fault: fault('recording_invalid', 'refused') }
        const kept = of(recording_id).samples
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
  let opening: Promise<void> | undefined
  let opened = (): void => undefined
  const armed: string[] = []
  const microphone: ArmedMicrophone = {
    arm: (id) => void armed.push(id),
    release: () => undefined,
    async start(_, next) {
      await opening
      if (started.ok) hearers = next
      return started
    },
    stop: () => (hearers = undefined),
  }
  let time = 0
  let ids = 0
  let places = 0
  const store = createDictationStore({
    client: { ...fake.client, platform },
    microphone,
    encode: async () => (codec ? new ArrayBuffer(8) : null),
    preferences: () => ({ dictation_format: format, microphone_id: '', dictation_types: types }),
    session: () => null as SessionId | null,
    insertInto() {
      places += 1
      return { put: (text) => void said.push(text), remove: () => said.push('(removed)') > 0 }
    },
    type: async (text) => typed.push(text) > 0 && isTyped,
    now: () => time,
    newId: () => `r${String((ids += 1))}`,
  })
  return {
    ...fake,
    store,
    said,
    typed,
    encoded,
    armed,
    /** Samples on the disk of each segment. */
    keptOf: (id: string) => [...of(id).samples.values()],
    /** So long of speech, or of silence, all at once. */
    hear(ms: number, loudness = 6_000) {
      for (let at = 0; at < samplesOf(ms); at += frameLength)
        hearers?.onSound(Int16Array.from({ length: frameLength }, (_, i) => (i % 2 ? loudness : -loudness)))
    },
    /** In its own time. */
    speak(ms: number) {
      for (let at = 0; at < samplesOf(ms); at += frameLength) {
        time += msOf(frameLength)
        hearers?.onSound(Int16Array.from({ length: frameLength }, (_, i) => (i % 2 ? 6_000 : -6_000)))
      }
    },
    hearers: () => hearers,
    /** Insertions that were made. */
    places: () => places,
    pass: (ms: number) => void (time += ms),
    fill: (full: boolean) => void (isFull = full),
    refuse: () => void (isRefused = true),
    /** From now on the microphone opens only when this is called. */
    slowly() {
      opening = new Promise((resolve) => (opened = resolve))
      return () => opened()
    },
    tell(number: number, change: Partial<SegmentView>, id = 'r1') {
      const kept = of(id)
      kept.segments = kept.segments.map((each) => (each.number === number ? { ...each, ...change } : each))
      const event = { type: 'recording.changed', recording: view(id) } as const
      fake.publish(event)
      store.hear(event)
    },
    names: () => fake.asked.map(({ name: call }) => call),
  }
}

export const sumOf = (lengths: readonly number[]): number => lengths.reduce((all, each) => all + each, 0)
