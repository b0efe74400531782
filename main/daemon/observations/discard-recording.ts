import type { SourceId } from '@contract/ids'
import { microphoneSource } from '@contract/recordings'
import type { RecordingRecord } from '../ports/recordings'
import type { RecordingPorts } from './recording-ports'
import { releaseCapture } from './release-capture'

/** More than a source may have. */
const mostCaptures = 1_000_000

/**
 * Takes a recording's rows away, its captures, and of its sounds and texts what nobody else needs: all at once. Files
 * follow, at the latest at the next start.
 */
export async function discardRecording(on: RecordingPorts, record: RecordingRecord): Promise<void> {
  const { store, publish, upkeep } = on
  const { recording_id, kept_asset_id, segments } = record
  const named = segments.flatMap(({ observation_id }) => observation_id ?? [])
  const unnamed = store.observations
    // A process that was killed, or a full disk, may have left one that no row names.
    .latest({ source_id: microphoneSource as SourceId, stream_id: recording_id, limit: mostCaptures })
    .filter(({ observation_id }) => !named.includes(observation_id))
  const observed = [...named, ...unnamed.map(({ observation_id }) => observation_id)]
  const gone = store.transaction(() => {
    store.recordings.remove(recording_id)
    // Two segments of the same bytes are one asset: first nobody holds it any more.
    for (const id of observed) store.observations.purge(id)
    return [...segments, ...unnamed].flatMap(({ observation_id, asset_id }) => {
      if (asset_id === undefined || asset_id === kept_asset_id) return []
      const capture = observation_id === undefined ? undefined : store.observations.get(observation_id)
      return releaseCapture(on, capture ?? { asset_id })
    })
  })
  publish({ type: 'recording.gone', recording_id })
  for (const observation_id of observed) publish({ type: 'observation.purged', observation_id })
  for (const asset_id of gone) publish({ type: 'asset.deleted', asset_id })
  await upkeep.finishBurials()
}

/** What the retention has purged, or went with its source, while somebody might still have wanted its text. */
export function releaseTaken(on: RecordingPorts, record: RecordingRecord): void {
  const { store, publish, upkeep, inBackground } = on
  const gone = store.transaction(() =>
    record.segments.flatMap(({ observation_id, asset_id }) => {
      const capture = observation_id === undefined ? undefined : store.observations.get(observation_id)
      if (asset_id === undefined || asset_id === record.kept_asset_id) return []
      // It went with its source.
      if (!capture) return releaseCapture(on, { asset_id })
      const source = store.observations.source(capture.source_id)
      const isDue = capture.retention_state === 'purged' && source?.purge_raw_on_retention === true
      return isDue ? releaseCapture(on, capture) : []
    }),
  )
  for (const asset_id of gone) publish({ type: 'asset.deleted', asset_id })
  if (gone.length > 0) inBackground(upkeep.finishBurials())
}
