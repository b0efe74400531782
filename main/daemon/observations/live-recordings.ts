import type { RecordingId } from '@contract/ids'
import type { RecordingView } from '@contract/recordings'
import { recordingView } from './recording-view'
import type { RecordingRecord } from '../ports/recordings'
import type { RecordingPorts } from './recording-ports'
import type { Spool } from './spool'

/** What this process knows of a recording beyond its row. */
export interface Live {
  /** Its recorder began it with this process. */
  readonly isHere: boolean
  /** No more sound comes for any segment. */
  isOver: boolean
  /** Segments that have a row; and those of them that no more sound comes for. */
  readonly begun: Set<number>
  readonly over: Set<number>
  readonly transcribing: Set<number>
  /** Segments that somebody is at work on. */
  readonly busy: Set<number>
  /** Aborted when nothing of it is to be kept, or the daemon stops. */
  readonly ending: AbortController
}

export interface LiveRecordings {
  of(id: RecordingId): Live | undefined
  open(id: RecordingId, isHere: boolean): Live
  drop(id: RecordingId): void
  view(record: RecordingRecord): RecordingView
  /** `recording.changed`, at most ten a second for each; the last state is always told. */
  tell(id: RecordingId): void
  dropAll(): void
}

const pauseMs = 100

export function createLiveRecordings(
  { store, publish, clock }: Pick<RecordingPorts, 'store' | 'publish' | 'clock'>,
  spool: Pick<Spool, 'samples'>,
): LiveRecordings {
  const lives = new Map<RecordingId, Live>()
  const waiting = new Map<RecordingId, 'told' | 'changed'>()

  const view = (record: RecordingRecord) => {
    const live = lives.get(record.recording_id)
    return recordingView(record, {
      isHere: live?.isHere === true,
      samples: (segment) => spool.samples(record.recording_id, segment),
      isTranscribing: (segment) => live?.transcribing.has(segment) === true,
    })
  }

  function say(id: RecordingId): void {
    waiting.set(id, 'told')
    clock.after(pauseMs, () => {
      const state = waiting.get(id)
      waiting.delete(id)
      if (state === 'changed') say(id)
    })
    // What was taken is offered nowhere any more.
    const record = lives.has(id) ? store.recordings.get(id) : undefined
    if (record && record.taken_at_ms === undefined)
      publish({ type: 'recording.changed', recording: view(record) })
  }

  return {
    of: (id) => lives.get(id),
    open(id, isHere) {
      const fresh: Live = {
        isHere,
        isOver: !isHere,
        begun: new Set(),
        over: new Set(),
        transcribing: new Set(),
        busy: new Set(),
        ending: new AbortController(),
      }
      lives.set(id, fresh)
      return fresh
    },
    drop: (id) => {
      lives.get(id)?.ending.abort()
      lives.delete(id)
    },
    view,
    tell: (id) => {
      if (waiting.has(id)) waiting.set(id, 'changed')
      else say(id)
    },
    dropAll: () => {
      for (const { ending } of lives.values()) ending.abort()
      lives.clear()
    },
  }
}
