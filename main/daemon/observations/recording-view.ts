import type { RecordingView, SegmentView } from '@contract/recordings'
import { recordedRate } from '@contract/recordings'
import type { RecordingRecord, SegmentRecord } from '../ports/recordings'

/** What only this process knows of a recording. */
export interface LiveRecording {
  /** Its recorder has begun it with this process. */
  readonly isHere: boolean
  /** Samples on the disk of a segment that is still recorded. */
  readonly samples: (segment: number) => number | undefined
  readonly isTranscribing: (segment: number) => boolean
}

/** A dictation as it is shown. */
export function recordingView(record: RecordingRecord, live: LiveRecording): RecordingView {
  const { recording_id, session_id, started_at_ms, is_ended, taken_at_ms } = record
  const segments = record.segments.map((segment) => segmentView(segment, live))
  return {
    recording_id,
    session_id,
    started_at_ms,
    state: !live.isHere && taken_at_ms === undefined ? 'left' : is_ended ? 'ended' : 'open',
    duration_ms: segments.reduce((sum, { duration_ms }) => sum + duration_ms, 0),
    segments,
    text: textOf(segments),
  }
}

function segmentView(segment: SegmentRecord, live: LiveRecording): SegmentView {
  const { number, state, samples, asked: _, ...rest } = segment
  return {
    ...rest,
    number,
    state: live.isTranscribing(number) ? 'transcribing' : state,
    duration_ms: durationOf(state === 'recording' ? (live.samples(number) ?? samples) : samples),
  }
}

/** All that was said in it is stored. */
export const isWhole = ({ segments }: Pick<RecordingRecord, 'segments'>): boolean =>
  segments.every(({ state, asset_id }) => state === 'silent' || asset_id !== undefined)

export const durationOf = (samples: number): number => Math.round((samples * 1_000) / recordedRate)

/** In the order of speaking, up to the first that is missing. */
function textOf(segments: readonly SegmentView[]): string {
  const said: string[] = []
  for (const { state, text } of segments) {
    if (state === 'silent') continue
    if (text === undefined) break
    if (text !== '') said.push(text)
  }
  return said.join(' ')
}
