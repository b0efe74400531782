import { z } from 'zod'
import type { AssetRow } from './assets'
import { takes } from './define'
import type { Fault } from './fault'
import { type AssetId, type ObservationId, RecordingId, SessionId } from './ids'
import { type Accepted, RunRequest } from './runs'

/** The built-in source that this machine's microphone delivers to (contract 11.1). */
export const microphoneSource = 'microphone'
/** Hertz of what a recorder hands over: 16-bit little-endian mono. */
export const recordedRate = 16_000
export const segmentTypes = ['audio/webm', 'audio/wav'] as const
export type SegmentType = (typeof segmentTypes)[number]

/**
 * `recording`: sound is still coming. `stored`: an observation. `heard`: has its text. `silent`: nothing was said in
 * it, and nothing was sent.
 */
export type SegmentState = 'recording' | 'stored' | 'transcribing' | 'heard' | 'silent' | 'failed'

export interface SegmentView {
  /** From 0, in the order of speaking. */
  readonly number: number
  readonly state: SegmentState
  readonly duration_ms: number
  readonly observation_id?: ObservationId
  readonly asset_id?: AssetId
  readonly text?: string
  readonly fault?: Fault
}

/** One dictation. Its segments are observations of the stream that has its id. */
export interface RecordingView {
  readonly recording_id: RecordingId
  /** The chat it was spoken for. */
  readonly session_id: SessionId | null
  readonly started_at_ms: number
  /** `open`: the recorder is on. `left`: its recorder is gone, and nobody has taken the text. */
  readonly state: 'open' | 'ended' | 'left'
  readonly duration_ms: number
  readonly segments: readonly SegmentView[]
  /** The texts so far, in order, up to the first that is missing. */
  readonly text: string
}

/** A piece of sound on its way to the disk (`Bridge.keepSound`); answered once it is synced there. */
export interface SoundPiece {
  readonly recording_id: string
  readonly segment: number
  /** Place of its first sample in the segment; a repeat is harmless, a hole is refused. */
  readonly from_sample: number
  /** 16-bit little-endian mono at `recordedRate`. */
  readonly samples: ArrayBuffer
}
/** A segment as it is to be kept (`Bridge.keepSegment`), or what was written of it when absent. */
export interface SegmentBytes {
  readonly recording_id: string
  readonly segment: number
  readonly media_type: SegmentType
  readonly bytes: ArrayBuffer
}

const one = z.strictObject({ recording_id: RecordingId })
const Place = one.extend({ segment: z.int().min(0).max(100_000) })

export const recordingCalls = {
  /** A new dictation; the same id again changes nothing. */
  'recordings.begin': takes(() =>
    one.extend({ session_id: SessionId.nullable(), started_at_ms: z.int().min(0) }),
  ).returns<RecordingView>(),
  /**
   * The segment is whole: it is stored as an observation (what came by `Bridge.keepSegment`, else a WAV of its pieces)
   * and written down. `is_silent`: nobody spoke in it; it is dropped and nothing is sent. `samples`: it ends there; of
   * what was given for it, the rest belongs to the next one. Answers at once.
   * Faults: recording_not_found, recording_invalid.
   */
  'recordings.endSegment': takes(() =>
    Place.extend({ is_silent: z.boolean().default(false), samples: z.int().min(0).optional() }),
  ).returns<RecordingView>(),
  /** No more sound comes. `recording.changed` tells of the texts. */
  'recordings.end': takes(() => one).returns<RecordingView>(),
  'recordings.get': takes(() => one).returns<RecordingView>(),
  /** Those whose text nobody has taken, oldest first: also what a crash has left. */
  'recordings.list': takes(() => z.strictObject({})).returns<{
    readonly recordings: readonly RecordingView[]
  }>(),
  /** Writes down again what failed, or everything that has no text yet. */
  'recordings.retry': takes(() => one).returns<RecordingView>(),
  /** Its text is where it belongs: it is no longer offered. Its segments stay in the library until the retention. */
  'recordings.take': takes(() => one).returns<void>(),
  /** Nothing of it is kept. */
  'recordings.discard': takes(() => one).returns<void>(),
  /** All segments as one recording in the library. Fault: recording_invalid while sound is coming. */
  'recordings.keep': takes(() => one).returns<AssetRow>(),
  /**
   * A run that is given all that was said, as of `observations.materialize`. Faults: recording_not_found,
   * recording_invalid while some of it is not stored, observation_selection_empty where nothing was said.
   */
  'recordings.ask': takes(() =>
    one.extend({ session_id: SessionId, request: RunRequest.omit({ session_id: true }) }),
  ).returns<Accepted>(),
}
