import { createHash } from 'node:crypto'
import type { AssetView } from '@contract/assets'
import { fault } from '@contract/fault'
import type { ObservationId } from '@contract/ids'
import type { ObservationView } from '@contract/observations'
import { Failure } from '../core/failure'
import { canonicalUpload } from '../core/observations/fingerprint'
import { checkMediaType } from '../core/observations/read-source'
import { readUpload, type ReadUpload } from '../core/observations/read-upload'
import type { ObservationService, SourceRecord } from '../ports/observations'
import type { Admission } from './admit-upload'
import { findSource, type ObservationPorts } from './observation-ports'

type Given = Parameters<ObservationService['ingest']>[0]
type Noted = Parameters<ObservationService['ingest']>[2]

interface Needs extends ObservationPorts {
  readonly admission: Admission
  readonly keepRetention: ObservationService['keepRetention']
}

interface UnderWay {
  readonly fingerprint: string
  readonly stored: Promise<ObservationView>
  readonly signal: AbortSignal | undefined
}

interface Upload extends ReadUpload {
  readonly file_name: string
  readonly media_type?: string | undefined
  readonly bytes: Uint8Array
  readonly fingerprint: string
}

/** Takes one capture in, step after step as contract 11.2 has them. */
export function ingest(on: Needs): ObservationService['ingest'] {
  const { store, clock, hash, admission, keepRetention } = on
  const { observations } = store
  /** Uploads that are being stored, by source and key: a repeat meanwhile stores nothing. */
  const underWay = new Map<string, UnderWay>()

  const note = (source: SourceRecord, event: string, data: Readonly<Record<string, unknown>>) =>
    observations.audit(source.source_id, clock.now(), event, data)

  return async (given, signal, noted) => {
    const source = admission.checkToken(given.source_id, given.upload_token)
    if (source.status !== 'active') {
      note(source, 'refused', { reason: source.status })
      const detail = `This source is ${source.status}, so nothing is taken in.`
      throw new Failure(fault('observation_source_blocked', detail, { reason: source.status }))
    }
    keepRetention(source.source_id)
    const upload = readGiven(given)
    const key_sha256 = hash(upload.idempotency_key, 'hex')
    const slot = `${source.source_id} ${upload.idempotency_key}`
    let pending = underWay.get(slot)
    // One that its sender gives up says nothing about this one.
    while (pending?.fingerprint === upload.fingerprint) {
      await pending.stored.catch(() => undefined)
      if (!pending.signal?.aborted || signal?.aborted) break
      pending = underWay.get(slot)
    }
    const known = pending ? undefined : observations.findByKey(source.source_id, upload.idempotency_key)
    const before = pending?.fingerprint ?? known?.request_fingerprint
    if (before !== undefined && before !== upload.fingerprint) {
      note(source, 'refused', { reason: 'idempotency_conflict', key_sha256 })
      throw new Failure(fault('idempotency_conflict', 'This idempotency key was used for another upload.'))
    }
    const same = pending ? await pending.stored : known
    if (same) {
      note(source, 'repeated', { observation_id: same.observation_id, key_sha256 })
      return same
    }
    admission.takePlace(source)
    const stored = keep(source, upload, noted, signal)
      .catch((error: unknown) => {
        const reason = error instanceof Failure ? error.fault.code : 'failed'
        // A store that refuses has nothing to note it in; what is told is why.
        if (reason !== 'failed' && reason !== 'source_not_found')
          note(source, 'refused', { reason, key_sha256 })
        throw error
      })
      .finally(() => underWay.delete(slot))
    underWay.set(slot, { fingerprint: upload.fingerprint, stored, signal })
    return stored
  }

  function readGiven(given: Given): Upload {
    const read = readUpload(given)
    const { source_id, file_name, media_type } = given
    const bytes = typeof given.bytes === 'function' ? given.bytes() : given.bytes
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    const fingerprint = hash(canonicalUpload(source_id, { file_name, media_type, sha256 }, read), 'hex')
    return { ...read, file_name, media_type, bytes, fingerprint }
  }

  async function keep(
    source: SourceRecord,
    upload: Upload,
    noted: Noted,
    signal?: AbortSignal,
  ): Promise<ObservationView> {
    const { source_id, kind, max_active_bytes } = source
    const { bytes, media_type, file_name } = upload
    // It would push everything else out, and then itself.
    if (bytes.byteLength > max_active_bytes) {
      const detail = 'This is larger than all that this source may keep.'
      throw new Failure(
        fault('asset_too_large', detail, { limit: max_active_bytes, byte_length: bytes.byteLength }),
      )
    }
    const asset = await on.assets.import(
      {
        file_name,
        ...(media_type?.trim() ? { media_type } : {}),
        bytes,
        check: (found) => checkMediaType(kind, found),
        ...(kind === 'microphone_segment' ? { origin: 'dictated' } : {}),
      },
      signal,
    )
    const text = upload.canonical_text === undefined ? undefined : await keepText(upload, signal)
    const id = write(source, upload, asset, text, noted)
    keepRetention(source_id)
    return observations.get(id) ?? gone()
  }

  function keepText({ file_name, canonical_text = '' }: Upload, signal?: AbortSignal): Promise<AssetView> {
    const name = `${file_name.replace(/\.[^.]*$/u, '') || 'observation'}.txt`
    const source = { file_name: name, media_type: 'text/plain', bytes: Buffer.from(canonical_text) }
    return on.assets.import({ ...source, is_part: true }, signal)
  }

  function write(
    { source_id, kind, sensitivity }: SourceRecord,
    upload: Upload,
    asset: AssetView,
    text: AssetView | undefined,
    noted: Noted,
  ): ObservationId {
    const received_at_ms = clock.now()
    const { captured_at_ms = received_at_ms, stream_id, seq_no, metadata } = upload
    const observation: ObservationView = {
      observation_id: on.ids.next('observation') as ObservationId,
      source_id,
      kind,
      sensitivity,
      retention_state: 'active',
      asset_id: asset.asset_id,
      ...(text ? { canonical_text_asset_id: text.asset_id } : {}),
      media_type: asset.media_type,
      sha256: asset.sha256,
      byte_length: asset.byte_length,
      captured_at_ms,
      received_at_ms,
      ...(stream_id === undefined ? {} : { stream_id }),
      ...(seq_no === undefined ? {} : { seq_no }),
      idempotency_key: upload.idempotency_key,
      request_fingerprint: upload.fingerprint,
      ...(metadata === undefined ? {} : { metadata }),
    }
    store.transaction(() => {
      // Deleted, the source or a file, while it was stored.
      findSource(on, source_id)
      for (const kept of [asset, text]) if (kept && !store.assets.ref(kept.asset_id)) gone()
      observations.add(observation, upload.canonical_text)
      observations.audit(source_id, received_at_ms, 'ingested', {
        observation_id: observation.observation_id,
        key_sha256: hash(upload.idempotency_key, 'hex'),
        byte_length: asset.byte_length,
      })
      noted?.(observation)
    })
    on.publish({ type: 'observation.added', observation })
    return observation.observation_id
  }
}

function gone(): never {
  throw new Failure(fault('asset_not_found', 'The capture was deleted while it was stored. Send it again.'))
}
