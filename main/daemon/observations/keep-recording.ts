import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { AssetRow } from '@contract/assets'
import { fault } from '@contract/fault'
import { rowOf } from '../core/assets/row-of'
import { Failure } from '../core/failure'
import type { RecordingRecord } from '../ports/recordings'
import type { RecordingPorts } from './recording-ports'
import { isWhole } from './recording-view'

/** All segments as one asset; the same again answers the same one. Faults: recording_invalid, asset_*, storage_full. */
export async function keepRecording(on: RecordingPorts, record: RecordingRecord): Promise<AssetRow> {
  const { store, assets, clock, folder } = on
  const kept = record.kept_asset_id && store.assets.get(record.kept_asset_id)
  if (kept) return rowOf(kept.view)
  const ids = record.segments.flatMap(({ asset_id }) => asset_id ?? [])
  if (ids.length === 0 || !isWhole(record)) throw notYet()
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
    const made = await on.media.joinSounds(sources, out)
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

const notYet = () =>
  new Failure(fault('recording_invalid', 'This recording can be kept once all of its sound is stored.'))
