import { fault, type Answer, type Fault } from '@contract/fault'
import type { RecordingId, SessionId } from '@contract/ids'
import type { RecordingView, SegmentType } from '@contract/recordings'
import type { RendererClient } from '../../client/client'
import { joinSamples } from '../../lib/sound/join-samples'
import { frameLength, samplesOf } from '../../lib/sound/rate'
import { createSegments, type Cut } from '../../lib/sound/segments'

export interface RecorderOptions {
  readonly client: Pick<RendererClient, 'ask' | 'keepSound' | 'keepSegment'>
  readonly recordingId: RecordingId
  readonly sessionId: SessionId | null
  readonly startedAtMs: number
  readonly format: 'webm' | 'wav'
  /** Null where it can't be had: the daemon makes a WAV then. */
  readonly encode: (samples: Int16Array) => Promise<ArrayBuffer | null>
  /** The disk is full, and again when it is not. What is said meanwhile is in memory. */
  readonly onDiskFull: (isFull: boolean) => void
  /** A segment was to be encoded and is kept as it came. */
  readonly onUnencoded: () => void
  /** It can't go on. */
  readonly onRefused: (fault: Fault) => void
  readonly wait?: (ms: number) => Promise<void>
}

/** Brings the sound of one dictation to the daemon, piece by piece and in order. */
export interface Recorder {
  /** Frames, whole but for the last of those that came before. */
  push(sound: Int16Array): void
  /** No frame comes any more. Answers when everything is on the disk; null when it was given up. */
  end(): Promise<RecordingView | null>
  /** What has not gone out stays here. */
  abort(): void
}

/** How much goes in one piece, at least; behind a slow disk pieces grow. A crash may cost 250 ms. */
const piece = samplesOf(96)
/** As long as the disk is full, so much is held in memory. */
export const mostHeld = samplesOf(10 * 60_000)
const againMs = 2_000

type Ended = Extract<Cut, { kind: 'end' }>
type Waiting =
  | Ended
  | {
      readonly kind: 'sound'
      readonly segment: number
      readonly fromSample: number
      length: number
      readonly frames: Int16Array[]
    }

export function createRecorder(options: RecorderOptions): Recorder {
  const { client, recordingId: recording_id, encode, format } = options
  const wait = options.wait ?? ((ms) => new Promise<void>((resolve) => setTimeout(resolve, ms)))
  const segments = createSegments()
  /** Not yet on the disk, in order. */
  const waiting: Waiting[] = []
  let held = 0
  /** Of the segment that is being recorded, where it is to be encoded. */
  let whole: Int16Array[] = []
  const ends: Promise<void>[] = []
  let isOver = false
  let isGivenUp = false
  let pumping: Promise<void> | undefined

  function take(cuts: readonly Cut[]): void {
    for (const cut of cuts) {
      const last = waiting.at(-1)
      if (cut.kind === 'end') waiting.push(cut)
      else {
        held += cut.samples.length
        if (last?.kind === 'sound' && last.segment === cut.segment) {
          last.frames.push(cut.samples)
          last.length += cut.samples.length
        } else {
          const { segment, fromSample, samples } = cut
          waiting.push({ kind: 'sound', segment, fromSample, length: samples.length, frames: [samples] })
        }
      }
    }
    if (held > mostHeld) return giveUp(fault('storage_full', 'The disk stayed full for too long.'))
    pumping ??= pump().finally(() => {
      pumping = undefined
      if (!isGivenUp && isDue()) take([])
    })
  }

  const isDue = (): boolean => {
    const next = waiting[0]
    if (next === undefined || waiting.length > 1 || isOver || next.kind === 'end') return next !== undefined
    return next.length >= piece
  }

  const nextDue = (): Waiting | undefined => (!isGivenUp && isDue() ? waiting.shift() : undefined)

  /** Each pump may be followed by another, for what came meanwhile. */
  async function drained(): Promise<void> {
    if (!pumping) return
    await pumping
    return drained()
  }

  function giveUp(why: Fault): void {
    if (isGivenUp) return
    isGivenUp = true
    waiting.length = 0
    options.onRefused(why)
  }

  let isBegun = false
  async function begin(): Promise<void> {
    const { sessionId: session_id, startedAtMs: started_at_ms } = options
    await stubbornly(() => client.ask['recordings.begin']({ recording_id, session_id, started_at_ms }))
    isBegun = true
  }

  async function pump(): Promise<void> {
    if (!isBegun) await begin()
    for (let next = nextDue(); next; next = nextDue()) {
      if (next.kind === 'end') {
        ends.push(endSegment(next, joinSamples(whole).subarray(0, next.length)))
        whole = []
        continue
      }
      const { segment, fromSample, frames } = next
      const samples = joinSamples(frames)
      if (format === 'webm') whole.push(samples)
      await stubbornly(() =>
        client.keepSound({ recording_id, segment, from_sample: fromSample, samples: samples.buffer }),
      )
      held -= samples.length
    }
  }

  async function endSegment({ segment, isSilent, length }: Ended, sound: Int16Array): Promise<void> {
    const bytes = isSilent || format === 'wav' ? null : await encode(sound)
    if (!isSilent && format === 'webm' && !isGivenUp) {
      const media_type: SegmentType = 'audio/webm'
      // Refused, it is a WAV of what is there already.
      const kept = bytes && (await client.keepSegment({ recording_id, segment, media_type, bytes }))
      if (kept?.ok !== true) options.onUnencoded()
    }
    await stubbornly(() =>
      client.ask['recordings.endSegment']({ recording_id, segment, is_silent: isSilent, samples: length }),
    )
  }

  /** Again and again while the disk is full; anything else ends the recording. */
  async function stubbornly(ask: () => Promise<Answer<unknown>>): Promise<void> {
    let wasFull = false
    while (!isGivenUp) {
      const answer = await ask()
      const isFull = !answer.ok && answer.fault.code === 'storage_full'
      if (isFull !== wasFull) options.onDiskFull(isFull)
      wasFull = isFull
      if (answer.ok) return
      if (!isFull) return giveUp(answer.fault)
      await wait(againMs)
    }
  }

  return {
    push(sound) {
      if (isOver || isGivenUp) return
      const cuts: Cut[] = []
      for (let at = 0; at < sound.length; at += frameLength)
        cuts.push(...segments.push(sound.subarray(at, at + frameLength)))
      take(cuts)
    },
    async end() {
      isOver = true
      take(segments.end())
      await drained()
      await Promise.all(ends)
      if (isGivenUp) return null
      const answer = await client.ask['recordings.end']({ recording_id })
      if (answer.ok) return answer.value
      giveUp(answer.fault)
      return null
    },
    abort() {
      isOver = true
      isGivenUp = true
      waiting.length = 0
    },
  }
}
