import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DaemonEvent } from '@contract/events'
import { fault } from '@contract/fault'
import type { AssetId, ObservationId, RecordingId, SourceId } from '@contract/ids'
import type { ObservationView } from '@contract/observations'
import { Failure } from '../core/failure'
import { samplesOf } from '../core/observations/wav-of'
import type { ObservationService } from '../ports/observations'
import type { Store } from '../ports/store'
import type { Transcribed } from '../ports/transcription'
import { inProcessMediaWorker } from '../assets/media/in-process-media-worker'
import { anAsset, memoryStore } from '../store/sample'
import { systemClock } from '../system/clock'
import { createRecordings } from './create-recordings'
import type { RecordingPorts } from './recording-ports'

type Ingested = Parameters<ObservationService['ingest']>[0]

/** What a killed process leaves to the next one beside its files. */
interface Left {
  readonly base: Store
  readonly ingested: Map<string, { readonly given: Ingested; readonly view: ObservationView }>
}

function soundOf(given: { readonly given: Ingested } | undefined): Uint8Array {
  const bytes = given?.given.bytes ?? new Uint8Array(0)
  return typeof bytes === 'function' ? bytes() : bytes
}

/** A room for dictations on real files and a real database; who takes captures in and who listens are stood in for. */
export function openRoom(options: { readonly folder?: string; readonly before?: Left } = {}) {
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'kheish-recordings-'))
  const base = options.before?.base ?? memoryStore()
  const ingested = options.before?.ingested ?? new Map<string, { given: Ingested; view: ObservationView }>()
  const asked: AssetId[] = []
  const events: DaemonEvent[] = []
  const purged: ObservationId[] = []
  const work = new Set<Promise<void>>()
  /** How the listener answers: the text of an asset. */
  const ear = {
    hear: async (id: AssetId, _signal: AbortSignal): Promise<string | undefined> => `said ${id}`,
    take: undefined as ((given: Ingested) => void) | undefined,
  }
  const byId = (id: ObservationId) =>
    [...ingested.values()].find(({ view }) => view.observation_id === id)?.view
  const store: Store = {
    ...base,
    observations: {
      ...base.observations,
      findByKey: (_source, key) => ingested.get(key)?.view,
      get: byId,
      purge: (id) => void purged.push(id),
      setText: () => undefined,
    },
    derivations: { ...base.derivations, of: () => [] },
    assetTexts: { ...base.assetTexts, get: () => undefined },
  }
  const bytesOf = (id: AssetId) => soundOf([...ingested.values()].find(({ view }) => view.asset_id === id))

  const ports: RecordingPorts = {
    store,
    folder,
    clock: systemClock,
    log: { surprise: (error) => String(error) },
    publish: (event) => void events.push(event),
    inBackground: (each) => {
      const quiet = each.catch((error: unknown) => void unexpected.push(error))
      work.add(quiet)
      void quiet.finally(() => work.delete(quiet))
    },
    assets: {
      import: async (source) => {
        if (!('path' in source)) throw new Error('a path was expected')
        const { readFileSync } = await import('node:fs')
        kept.push(readFileSync(source.path))
        return base.assets.add(anAsset('kept', { file_name: source.file_name })).view
      },
    },
    contents: { bytes: async (id) => bytesOf(id) },
    upkeep: { finishBurials: async () => undefined },
    media: inProcessMediaWorker(),
    observations: {
      keepRetention: () => undefined,
      microphone: () => ({ source_id: 'microphone' as SourceId, upload_token: 't' }),
      ingest: async (given) => {
        ear.take?.(given)
        if (ingested.has(given.idempotency_key)) throw new Error(`${given.idempotency_key} was stored twice`)
        const at = ingested.size
        const asset_id = base.assets.add(anAsset(`sound${String(at)}`)).view.asset_id
        const view = {
          observation_id: `o${String(at)}`,
          asset_id,
          retention_state: 'active',
        } as ObservationView
        ingested.set(given.idempotency_key, { given, view })
        return view
      },
    },
    transcription: {
      isAvailable: () => true,
      transcribe: async (id, { signal }) => {
        asked.push(id)
        const text = await ear.hear(id, signal)
        return text === undefined ? undefined : ({ text } as Transcribed)
      },
    },
  }
  const unexpected: unknown[] = []
  const kept: Uint8Array[] = []
  const recordings = createRecordings(ports)
  const id = (name: string) => name as RecordingId
  return {
    ...recordings,
    base,
    folder,
    ear,
    ingested,
    asked,
    events,
    purged,
    kept,
    unexpected,
    begin: (name: string) =>
      recordings.handlers['recordings.begin']({
        recording_id: id(name),
        session_id: null,
        started_at_ms: 1_000,
      }),
    /** `count` samples of a tone that begin at `from`. */
    speak: (name: string, segment: number, from: number, count: number) =>
      recordings.sound.keepSound({
        recording_id: name,
        segment,
        from_sample: from,
        samples: tone(from, count),
      }),
    endSegment: (name: string, segment: number, is_silent = false, samples?: number) =>
      recordings.handlers['recordings.endSegment']({ recording_id: id(name), segment, is_silent, samples }),
    ask: async <K extends 'end' | 'get' | 'retry' | 'take' | 'discard' | 'keep'>(call: K, name: string) =>
      // Each of them takes just this.
      recordings.handlers[`recordings.${call}`]({ recording_id: id(name) } as never),
    list: async () => (await recordings.handlers['recordings.list']({})).recordings,
    samplesAt: (key: string) => samplesOf(soundOf(ingested.get(key)), 16_000),
    /** Until nobody is at work any more. */
    calm: async () => {
      while (work.size > 0) await Promise.all(work)
      if (unexpected.length > 0) throw unexpected[0]
    },
  }
}
export type Room = ReturnType<typeof openRoom>

/** Loud samples whose values tell where they stand. */
export function tone(from: number, count: number): Uint8Array {
  const samples = new Int16Array(count)
  for (let at = 0; at < count; at += 1) samples[at] = ((from + at) % 20_000) + 5_000
  return new Uint8Array(samples.buffer)
}

export const refused = (code: 'provider_error' | 'rate_limited'): Failure =>
  new Failure(
    code === 'rate_limited'
      ? fault(code, 'Later.', { retry_after_ms: 5 })
      : fault(code, 'No.', { retryable: true, kind: 'timeout' }),
  )
