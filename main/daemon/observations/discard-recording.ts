import type { AssetId } from '@contract/ids'
import type { RecordingRecord, SegmentRecord } from '../ports/recordings'
import type { RecordingPorts } from './recording-ports'

/**
 * Takes a recording's rows away, and of its captures, sounds and texts what nobody else needs: all at once. Files follow,
 * at the latest at the next start.
 */
export async function discardRecording(on: RecordingPorts, record: RecordingRecord): Promise<void> {
  const { store, clock, publish, upkeep } = on
  const gone = store.transaction(() => {
    store.recordings.remove(record.recording_id)
    return record.segments.flatMap((segment) => {
      const { observation_id, asset_id } = segment
      if (asset_id === undefined || isNeeded(on, segment, asset_id)) return []
      const texts = textsOf(on, segment, asset_id)
      if (observation_id !== undefined) store.observations.purge(observation_id)
      store.assets.bury(asset_id, clock.now())
      const unused = texts.filter((text) => !store.assets.references(text).some(({ hard }) => hard))
      for (const text of unused) store.assets.bury(text, clock.now())
      return [{ observation_id, assets: [asset_id, ...unused] }]
    })
  })
  publish({ type: 'recording.gone', recording_id: record.recording_id })
  for (const { observation_id, assets } of gone) {
    if (observation_id !== undefined) publish({ type: 'observation.purged', observation_id })
    for (const asset_id of assets) publish({ type: 'asset.deleted', asset_id })
  }
  await upkeep.finishBurials()
}

/** By something that is not made of it. Two segments of the same bytes are one asset. */
function isNeeded({ store }: RecordingPorts, { observation_id }: SegmentRecord, id: AssetId): boolean {
  return store.assets
    .references(id)
    .some(
      ({ hard, domain, owner_id }) =>
        hard &&
        domain !== 'derivation' &&
        domain !== 'asset_text' &&
        !(domain === 'observation' && owner_id === observation_id),
    )
}

function textsOf(
  { store }: RecordingPorts,
  { observation_id }: SegmentRecord,
  id: AssetId,
): readonly AssetId[] {
  const observed = observation_id === undefined ? undefined : store.observations.get(observation_id)
  const derived = store.derivations.of(id).map((each) => store.derivations.get(each)?.result_asset_id)
  const texts = [store.assetTexts.get(id)?.text_asset_id, observed?.canonical_text_asset_id, ...derived]
  return [...new Set(texts)].filter(
    (text) => text !== undefined && store.assets.get(text) !== undefined,
  ) as AssetId[]
}
