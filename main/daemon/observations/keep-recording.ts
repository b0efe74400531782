import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { AssetRow, AssetView } from '@contract/assets'
import { fault } from '@contract/fault'
import { recordedRate } from '@contract/recordings'
import { Failure } from '../core/failure'
import { samplesOf, wavOf } from '../core/observations/wav-of'
import type { RecordingRecord } from '../ports/recordings'
import type { RecordingPorts } from './recording-ports'

/** All segments as one asset; the same again answers the same one. Faults: recording_invalid, asset_*, storage_full. */
export async function keepRecording(on: RecordingPorts, record: RecordingRecord): Promise<AssetRow> {
  const { store, assets, clock, folder } = on
  const kept = record.kept_asset_id && store.assets.get(record.kept_asset_id)
  if (kept) return rowOf(kept.view)
  const ids = record.segments.flatMap(({ asset_id }) => asset_id ?? [])
  const isWhole = record.segments.every(({ state, asset_id }) => state === 'silent' || asset_id !== undefined)
  if (ids.length === 0 || !isWhole) throw notYet()
  const scratch = join(folder, `${record.recording_id}.joining-${String(clock.now())}`)
  try {
    const out = join(scratch, 'out')
    await mkdir(out, { recursive: true })
    const sources: string[] = []
    for (const [at, id] of ids.entries()) {
      const path = join(scratch, String(at))
      await writeFile(path, await on.contents.bytes(id))
      sources.push(path)
    }
    const made = on.media.joinSounds
      ? await on.media.joinSounds(sources, out)
      : { path: await joinPlainWavs(sources, out), media_type: 'audio/wav' }
    const ending = made.media_type === 'audio/webm' ? '.webm' : '.wav'
    const at = new Date(record.started_at_ms)
      .toISOString()
      .slice(0, 16)
      .replaceAll(':', '-')
      .replace('T', ' ')
    const view = await assets.import({
      file_name: `Dictation ${at}${ending}`,
      media_type: made.media_type,
      path: made.path,
      origin: 'dictated',
    })
    store.recordings.update(record.recording_id, { kept_asset_id: view.asset_id })
    return rowOf(view)
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}

/** Of everything that is known of it, what lists show. */
function rowOf(view: AssetView): AssetRow {
  const { asset_id, media_type, file_name, sha256, byte_length, created_at_ms, kind, origin } = view
  const { has_thumbnail, duration_ms } = view
  const row = {
    asset_id,
    media_type,
    file_name,
    sha256,
    byte_length,
    created_at_ms,
    kind,
    origin,
    has_thumbnail,
  }
  return duration_ms === undefined ? row : { ...row, duration_ms }
}

const notYet = () =>
  new Failure(fault('recording_invalid', 'This recording can be kept once all of its sound is stored.'))

/** Until the process that looks at files can join: WAVs of pieces, as this room writes them. */
async function joinPlainWavs(sources: readonly string[], out: string): Promise<string> {
  const pieces: Uint8Array[] = []
  for (const path of sources) {
    const samples = samplesOf(await readFile(path), recordedRate)
    if (!samples)
      throw new Failure(
        fault('recording_invalid', 'Segments of this kind can’t be joined into one recording.'),
      )
    pieces.push(samples)
  }
  const path = join(out, 'joined.wav')
  await writeFile(path, wavOf(Buffer.concat(pieces), recordedRate))
  return path
}
