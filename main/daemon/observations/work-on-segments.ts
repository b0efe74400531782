import { fault, type Fault } from '@contract/fault'
import type { RecordingId } from '@contract/ids'
import type { ObservationView } from '@contract/observations'
import { recordedRate } from '@contract/recordings'
import { Failure } from '../core/failure'
import { isSilent } from '../core/observations/is-silent'
import { durationOf } from './recording-view'
import { wavOf } from '../core/observations/wav-of'
import type { RecordingRecord, SegmentRecord } from '../ports/recordings'
import type { Transcribed } from '../ports/transcription'
import type { Live, LiveRecordings } from './live-recordings'
import type { RecordingPorts } from './recording-ports'
import { createGate } from './segment-turns'
import type { Spool, Spooled } from './spool'

/** Segments that are written down at the same time. */
const atOnce = 4
/** Requests whose end nobody knows, and after which a segment waits for a person. */
export const mostUnknown = 2

type Kept = Pick<ObservationView, 'observation_id' | 'asset_id'>

export interface SegmentWork {
  /**
   * From the spool to its text, as far as it comes: stored once, asked for once. `listens`: nobody has heard yet
   * whether anything was said in it. Never throws.
   */
  goOn(id: RecordingId, segment: number, listens: boolean): Promise<void>
}

/** A segment's way, each step of which a killed process may stop before or after (contract 11). */
export function workOnSegments(on: RecordingPorts, spool: Spool, lives: LiveRecordings): SegmentWork {
  const { store, observations, transcription, clock, log } = on
  const throughGate = createGate(atOnce)

  const look = (id: RecordingId, number: number) => {
    const record = store.recordings.get(id)
    const segment = record?.segments.find((each) => each.number === number)
    return record && segment ? { record, segment } : undefined
  }
  const put = (id: RecordingId, live: Live, segment: SegmentRecord) => {
    // Discarded meanwhile: nothing of it is written any more.
    if (live.ending.signal.aborted) throw new Failure(gone)
    store.recordings.putSegment(id, segment)
    lives.tell(id)
  }

  /** First the row that names the observation, then the spool goes; what is left of it is taken away at a start. */
  async function keep(id: RecordingId, live: Live, number: number, listens: boolean): Promise<void> {
    const found = look(id, number)
    if (!found || found.segment.asset_id !== undefined || found.segment.state === 'silent') return
    const spooled = await spool.read(id, number)
    const { samples: heard, encoded } = spooled
    const samples = heard.byteLength / 2
    const isEmpty = samples === 0 && encoded === undefined
    if (isEmpty || (listens && samples > 0 && isSilent(heard))) {
      put(id, live, { number, state: 'silent', samples })
    } else {
      // Those before it may have been stored meanwhile: their rows know how long they are.
      const record = store.recordings.get(id) ?? found.record
      const stored = ({ observation_id, asset_id }: Kept): SegmentRecord => ({
        number,
        state: 'stored',
        samples,
        observation_id,
        asset_id,
      })
      // Also of one that is discarded right now: whoever discards it waits, and goes by the rows.
      const noted = (kept: Kept) => store.recordings.putSegment(id, stored(kept))
      put(id, live, stored(await ingest(record, number, spooled, noted, live.ending.signal)))
    }
    await spool.removeSegment(id, number)
  }

  async function ingest(
    record: RecordingRecord,
    number: number,
    spooled: Spooled,
    noted: (kept: Kept) => void,
    signal: AbortSignal,
  ): Promise<Kept> {
    const { source_id, upload_token } = observations.microphone()
    const { recording_id } = record
    const key = `${recording_id}:${String(number)}`
    // Stored by a process that was killed right then, and past its retention since: its sound may be gone, this is not.
    const isOver = store.observations.findByKey(source_id, key)?.retention_state === 'purged'
    const idempotency_key = isOver ? `${key}:again` : key
    const known = store.observations.findByKey(source_id, idempotency_key)
    if (known) return known
    const before = record.segments
      .filter((each) => each.number < number)
      .reduce((sum, each) => sum + (spool.samples(recording_id, each.number) ?? each.samples), 0)
    const give = (media_type: string, bytes: Uint8Array) =>
      whenAllowed(signal, () =>
        observations.ingest(
          {
            source_id,
            upload_token,
            file_name: `dictation-${String(number + 1)}${media_type === 'audio/webm' ? '.webm' : '.wav'}`,
            media_type,
            bytes,
            idempotency_key,
            captured_at_ms: record.started_at_ms + durationOf(before),
            stream_id: recording_id,
            seq_no: number,
            metadata: { capture_group_id: recording_id },
          },
          signal,
          noted,
        ),
      )
    const pieces = () => give('audio/wav', wavOf(spooled.samples, recordedRate))
    if (!spooled.encoded) return pieces()
    try {
      return await give(spooled.encoded.media_type, spooled.encoded.bytes)
    } catch (error) {
      // An encoder that broke costs no word: the samples are there.
      if (spooled.samples.byteLength === 0 || !isAboutBytes(error)) throw error
      return pieces()
    }
  }

  /** More captures than the source takes in its window are only late. */
  async function whenAllowed<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await work()
      } catch (error) {
        if (!(error instanceof Failure) || error.fault.code !== 'rate_limited') throw error
        await clock.sleep(error.fault.retry_after_ms, signal)
      }
    }
  }

  async function hear(id: RecordingId, live: Live, number: number): Promise<void> {
    const found = look(id, number)
    if (!found || found.record.taken_at_ms !== undefined || live.ending.signal.aborted) return
    const { state, asset_id, fault: _, asked = 0, ...rest } = found.segment
    if (asset_id === undefined || (state !== 'stored' && state !== 'failed')) return
    const segment = { ...rest, asset_id }
    live.transcribing.add(number)
    try {
      // Before it goes: whoever is killed now leaves word of it.
      put(id, live, { ...segment, state: 'stored', asked: asked + 1 })
      const { transcription_model: model, dictation_language: language } = store.preferences.get()
      const heard = await transcription.transcribe(asset_id, {
        signal: live.ending.signal,
        // Who pays is told in the ledger, under the chat it was spoken for.
        session_id: found.record.session_id ?? undefined,
        ...(language === '' ? {} : { options: { language } }),
        ...(model === '' ? {} : { model }),
      })
      live.transcribing.delete(number)
      if (heard) keepWords(id, live, segment, heard)
      else if (transcription.isAvailable()) put(id, live, { ...segment, state: 'silent' })
      else put(id, live, { ...segment, state: 'failed', fault: nobodyListens })
    } catch (error) {
      live.transcribing.delete(number)
      if (live.ending.signal.aborted) return
      put(id, live, { ...segment, state: 'failed', fault: faultOf(error) })
    }
  }

  /** A run that is given the segment takes these words, whoever would write down for it and in what language. */
  function keepWords(
    id: RecordingId,
    live: Live,
    segment: Omit<SegmentRecord, 'state'>,
    { text, text_asset_id }: Transcribed,
  ): void {
    store.transaction(() => {
      put(id, live, { ...segment, state: 'heard', text: text.trim() })
      if (segment.observation_id !== undefined)
        store.observations.setText(segment.observation_id, text_asset_id, text)
    })
  }

  const faultOf = (error: unknown): Fault => {
    if (error instanceof Failure) return error.fault
    const ref = log.surprise(error)
    const detail = `Something broke inside Kheish; the recording is safe. The log has it as ${ref}.`
    return fault('bug', detail, { ref })
  }

  return {
    async goOn(id, number, listens) {
      const live = lives.of(id)
      if (!live || live.busy.has(number)) return
      live.busy.add(number)
      try {
        await keep(id, live, number, listens)
        await throughGate(() => hear(id, live, number))
      } catch (error) {
        const found = live.ending.signal.aborted ? undefined : look(id, number)
        if (found) put(id, live, { ...found.segment, state: 'failed', fault: faultOf(error) })
      } finally {
        live.busy.delete(number)
        lives.tell(id)
      }
    },
  }
}

const isAboutBytes = (error: unknown): boolean =>
  error instanceof Failure &&
  /^(asset_|media_type|unsupported_media|observation_media)/.test(error.fault.code)

const gone = fault('recording_not_found', 'This recording is not kept any more.')
const nobodyListens = fault(
  'transcription_route_missing',
  'No route of yours writes speech down. The recording is kept; set one up, then retry.',
)
