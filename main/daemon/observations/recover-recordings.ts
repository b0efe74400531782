import { fault } from '@contract/fault'
import type { RecordingId } from '@contract/ids'
import type { RecordingRecord, SegmentRecord } from '../ports/recordings'
import type { LiveRecordings } from './live-recordings'
import type { RecordingPorts } from './recording-ports'
import type { Spool } from './spool'
import type { SegmentWork } from './work-on-segments'
import { mostUnknown } from './work-on-segments'

interface Needs {
  readonly on: RecordingPorts
  readonly spool: Spool
  readonly lives: LiveRecordings
  readonly work: SegmentWork
}

/**
 * What the process before this one has left (contract 11): rows and folders first, so that everything can be listed when
 * this resolves; the sound itself goes on in the background.
 */
export async function recoverRecordings(needs: Needs): Promise<void> {
  const { on, spool, lives, work } = needs
  const { store, inBackground } = on
  // Begun since then: theirs are not left.
  const left = store.recordings.open().filter(({ recording_id: id }) => !lives.of(id))
  for (const record of left) {
    const id = record.recording_id
    const live = lives.open(id, false)
    if (!record.is_ended) store.recordings.update(id, { is_ended: true })
    await claim(needs, record)
    const unfinished = store.recordings.get(id)?.segments.filter(isUnfinished) ?? []
    for (const { number, asked = 0, ...segment } of unfinished) {
      live.begun.add(number)
      if (asked < mostUnknown) continue
      store.recordings.putSegment(id, { ...segment, number, state: 'failed', fault: nobodyKnows })
    }
    const goingOn = unfinished.filter(({ asked = 0 }) => asked < mostUnknown)
    inBackground(
      Promise.all(goingOn.map(({ number, state }) => work.goOn(id, number, state === 'recording'))).then(() =>
        dropIfEmpty(needs, id),
      ),
    )
  }
  for (const name of await spool.recordings()) {
    const id = name as RecordingId
    if (lives.of(id)) continue
    const record = store.recordings.get(id)
    if (record?.segments.some((each) => each.asset_id === undefined && each.state !== 'silent')) {
      // Somebody took its text before all of it was stored.
      lives.open(id, false)
      await claim(needs, record)
      const goingOn = record.segments.map(({ number }) => work.goOn(id, number, true))
      inBackground(Promise.all(goingOn).then(() => lives.drop(id)))
    } else await spool.removeRecording(name)
  }
}

/** Every file has a row and is meant by it; what a row has done with already goes. */
async function claim({ on, spool }: Needs, record: RecordingRecord): Promise<void> {
  const id = record.recording_id
  for (const number of await spool.segments(id)) {
    const known = record.segments.find((each) => each.number === number)
    const samples = spool.samples(id, number) ?? 0
    if (!known) on.store.recordings.putSegment(id, { number, state: 'recording', samples })
    else if (known.asset_id !== undefined || known.state === 'silent') await spool.removeSegment(id, number)
    else on.store.recordings.putSegment(id, { ...known, samples })
  }
}

/** Nothing was said in it, so nobody misses it. */
async function dropIfEmpty({ on, spool, lives }: Needs, id: RecordingId): Promise<void> {
  const record = on.store.recordings.get(id)
  if (!record || record.segments.some(({ state }) => state !== 'silent')) return
  on.store.recordings.remove(id)
  lives.drop(id)
  on.publish({ type: 'recording.gone', recording_id: id })
  await spool.removeRecording(id)
}

const isUnfinished = ({ state }: SegmentRecord): boolean => state === 'recording' || state === 'stored'

const nobodyKnows = fault(
  'outcome_unknown',
  'Kheish was stopped twice while this was being written down, and the provider may have charged for it. ' +
    'The recording is kept; retry when you want it written down.',
)
