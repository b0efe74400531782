import type { DaemonHandlers } from '@contract/calls'
import { fault } from '@contract/fault'
import { RecordingId } from '@contract/ids'
import type { RecordingView } from '@contract/recordings'
import { Failure } from '../core/failure'
import type { RecordingRecord, SoundDoor } from '../ports/recordings'
import { discardRecording, releaseTaken } from './discard-recording'
import { keepRecording } from './keep-recording'
import type { Live } from './live-recordings'
import { createLiveRecordings } from './live-recordings'
import type { RecordingPorts } from './recording-ports'
import { recoverRecordings } from './recover-recordings'
import { createSegmentTurns } from './segment-turns'
import { createSpool } from './spool'
import { workOnSegments } from './work-on-segments'

export type { RecordingPorts } from './recording-ports'

interface Ending {
  readonly number: number
  readonly is_silent: boolean
  readonly samples?: number | undefined
}

type RecordingCall = Extract<keyof DaemonHandlers, `recordings.${string}`>

/** Dictations from the first sample to the text (contract 11, experience 9). */
export interface Recordings {
  readonly sound: SoundDoor
  /** All but `recordings.ask`, which is a run. */
  readonly handlers: Pick<DaemonHandlers, Exclude<RecordingCall, 'recordings.ask'>>
  /** After a start: what a killed process left is made whole, and written down. */
  recover(): void
  /** Nobody is at work on any of them any more, and no sound comes to them. */
  letGo(): Promise<void>
  /** Nothing is written any more when this resolves. */
  stop(): Promise<void>
}

export function createRecordings(on: RecordingPorts): Recordings {
  const { store } = on
  const spool = createSpool(on.folder)
  const lives = createLiveRecordings(on, spool)
  const turns = createSegmentTurns()
  const work = workOnSegments(on, spool, lives)
  /** Everything of the process before this one can be listed. */
  let recovered: Promise<void> = Promise.resolve()
  let isStopping = false

  const find = (id: RecordingId): RecordingRecord => {
    const record = store.recordings.get(id)
    if (!record) throw notFound()
    return record
  }
  const view = (id: RecordingId): RecordingView => lives.view(find(id))
  const turnOf = (id: string, segment: number) => `${id}/${String(segment)}`

  /** Where sound may come to. */
  function recorderOf(id: string): { readonly id: RecordingId; readonly live: Live } {
    if (isStopping) throw stopping()
    const parsed = RecordingId.safeParse(id)
    const live = parsed.success ? lives.of(parsed.data) : undefined
    if (!parsed.success || (!live && !store.recordings.get(parsed.data))) throw notFound()
    if (!live || live.isOver) throw over()
    return { id: parsed.data, live }
  }

  function beginSegment(id: RecordingId, live: Live, number: number): void {
    if (live.begun.has(number)) return
    store.recordings.putSegment(id, { number, state: 'recording', samples: 0 })
    live.begun.add(number)
    lives.tell(id)
  }

  /** What is being written comes first; then it goes on by itself. */
  function goOn(id: RecordingId, number: number): void {
    on.inBackground(turns.inTurn(turnOf(id, number), () => work.goOn(id, number, false)))
  }

  const sound: SoundDoor = {
    async keepSound({ recording_id, segment, from_sample, samples }) {
      if (samples.byteLength === 0 || samples.byteLength % 2 === 1)
        throw invalid('A piece of sound is whole samples of 16 bits.')
      const { id, live } = recorderOf(recording_id)
      if (live.over.has(segment)) {
        const known = find(id).segments.find(({ number }) => number === segment)
        const end = Math.max(known?.samples ?? 0, spool.samples(id, segment) ?? 0)
        if (from_sample + samples.byteLength / 2 <= end) return
        throw over()
      }
      await turns.inTurn(turnOf(id, segment), async () => {
        // Discarded or stopped while it waited.
        if (recorderOf(recording_id).live !== live) throw notFound()
        beginSegment(id, live, segment)
        await spool.append(id, segment, from_sample, samples)
      })
    },
    async keepSegment({ recording_id, segment, media_type, bytes }) {
      const { id, live } = recorderOf(recording_id)
      if (live.over.has(segment)) throw over()
      if (bytes.byteLength === 0) throw invalid('An encoded segment can’t be empty.')
      await turns.inTurn(turnOf(id, segment), async () => {
        if (recorderOf(recording_id).live !== live) throw notFound()
        beginSegment(id, live, segment)
        await spool.putEncoded(id, segment, media_type, bytes)
      })
    },
  }

  function endSegment(id: RecordingId, live: Live, { number, is_silent, samples: end }: Ending): void {
    if (live.over.has(number)) return
    const isBegun = live.begun.has(number)
    if (!isBegun && !is_silent) throw invalid('No sound of this segment has come.')
    live.over.add(number)
    if (!is_silent) {
      if (end !== undefined)
        on.inBackground(turns.inTurn(turnOf(id, number), () => spool.cut(id, number, end)))
      return goOn(id, number)
    }
    on.inBackground(
      turns.inTurn(turnOf(id, number), async () => {
        if (live.ending.signal.aborted) return
        const given = spool.samples(id, number) ?? 0
        store.recordings.putSegment(id, { number, state: 'silent', samples: Math.min(given, end ?? given) })
        lives.tell(id)
        if (isBegun) await spool.removeSegment(id, number)
      }),
    )
  }

  function end(id: RecordingId): void {
    const live = lives.of(id)
    if (!live || live.isOver) return
    // First what may fail on a full disk, so that a repeat does all of it.
    store.recordings.update(id, { is_ended: true })
    live.isOver = true
    for (const number of live.begun) endSegment(id, live, { number, is_silent: false })
    lives.tell(id)
  }

  const handlers: Recordings['handlers'] = {
    'recordings.begin': ({ recording_id: id, session_id, started_at_ms }) => {
      if (isStopping) throw stopping()
      if (!/^[A-Za-z0-9_-]{1,100}$/.test(id))
        throw invalid('The name of a recording is letters, digits, _ and -, at most 100.')
      if (!store.recordings.get(id)) {
        lives.open(id, true)
        store.recordings.add({ recording_id: id, session_id, started_at_ms, is_ended: false })
        lives.tell(id)
      }
      return view(id)
    },
    'recordings.endSegment': ({ recording_id: id, segment: number, is_silent, samples }) => {
      find(id)
      const live = lives.of(id)
      if (!live) throw over()
      if (!live.isHere || (live.isOver && !live.over.has(number))) throw over()
      endSegment(id, live, { number, is_silent, samples })
      return view(id)
    },
    'recordings.end': ({ recording_id: id }) => {
      find(id)
      end(id)
      return view(id)
    },
    'recordings.get': async ({ recording_id }) => {
      await recovered
      return view(recording_id)
    },
    'recordings.list': async () => {
      await recovered
      const all = store.recordings.open().map((record) => lives.view(record))
      return {
        recordings: all.filter((each) => each.segments.some((segment) => segment.state !== 'silent')),
      }
    },
    'recordings.retry': async ({ recording_id: id }) => {
      await recovered
      const { segments } = find(id)
      const live = lives.of(id) ?? lives.open(id, false)
      for (const { number, state } of segments) {
        const isDue = state === 'failed' || state === 'stored' || (state === 'recording' && live.isOver)
        if (!isDue || live.busy.has(number)) continue
        goOn(id, number)
      }
      lives.tell(id)
      return view(id)
    },
    'recordings.take': async ({ recording_id: id }) => {
      await recovered
      const { taken_at_ms } = find(id)
      if (taken_at_ms !== undefined) return
      end(id)
      store.recordings.update(id, { taken_at_ms: on.clock.now() })
      on.publish({ type: 'recording.gone', recording_id: id })
      releaseTaken(on, find(id))
      on.inBackground(letGoOf(id))
    },
    'recordings.discard': async ({ recording_id: id }) => {
      await recovered
      find(id)
      // Whoever is at work on it stops; nothing comes any more.
      lives.drop(id)
      await inWholeTurn(id, async () => {
        const record = store.recordings.get(id)
        if (record) await discardRecording(on, record)
        await spool.removeRecording(id)
      })
    },
    'recordings.keep': async ({ recording_id: id }) => {
      await recovered
      if (lives.of(id)?.isOver === false) throw invalid('Sound of this recording is still coming.')
      return inWholeTurn(id, () => keepRecording(on, find(id)))
    },
  }

  return {
    sound,
    handlers,
    recover() {
      // A start is a look, too: what is over its time does not wait for somebody to speak.
      on.observations.keepRetention()
      recovered = recoverRecordings({ on, spool, lives, work: { goOn: inTurn } })
      on.inBackground(recovered)
      // Who asks is answered from what is there.
      recovered = recovered.catch(() => undefined)
    },
    async letGo() {
      await recovered
      lives.dropAll()
      await turns.settled(() => true)
      await spool.close()
    },
    async stop() {
      isStopping = true
      await recovered
      lives.dropAll()
      await turns.settled(() => true)
      await spool.close()
    },
  }

  /** Nobody is at work on a segment of it. */
  function segmentsSettled(id: RecordingId): Promise<void> {
    return turns.settled((name) => name.startsWith(`${id}/`))
  }

  /** What is done with all of it, one after the other. */
  function inWholeTurn<T>(id: RecordingId, then: () => Promise<T>): Promise<T> {
    return turns.inTurn(id, async () => {
      await segmentsSettled(id)
      return then()
    })
  }

  /** Somebody has taken it: what was begun is finished, and then nothing of it is remembered here. */
  async function letGoOf(id: RecordingId): Promise<void> {
    const live = lives.of(id)
    await segmentsSettled(id)
    if (live && lives.of(id) === live && live.busy.size === 0) lives.drop(id)
  }

  function inTurn(id: RecordingId, number: number, listens: boolean): Promise<void> {
    return turns.inTurn(turnOf(id, number), () => work.goOn(id, number, listens))
  }
}

const invalid = (detail: string) => new Failure(fault('recording_invalid', detail))
const over = () => invalid('This recording takes no more sound here.')
const notFound = () => new Failure(fault('recording_not_found', 'This recording is not here any more.'))
const stopping = () => new Failure(fault('daemon_stopping', 'Kheish is closing.'))
