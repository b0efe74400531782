import type { AssetId, ObservationId, SourceId } from '@contract/ids'
import { microphoneSource } from '@contract/recordings'
import { isOver, overflow, receivedUntil } from '../core/observations/retention'
import type { SourceRecord } from '../ports/observations'
import type { ObservationPorts } from './observation-ports'
import { releaseCapture } from './release-capture'

type Needs = Pick<ObservationPorts, 'store' | 'clock' | 'publish' | 'assetUpkeep' | 'inBackground'>

/** What was dictated is remembered this long after somebody has taken it: seven days. */
const rememberedMs = 7 * 24 * 60 * 60 * 1_000

/** Purges what is over its time or beyond the limits (contract 11.3). */
export function retention(on: Needs) {
  const { store, clock, publish } = on
  const { observations } = store

  function keep(source: SourceRecord): void {
    const until = receivedUntil(source, clock.now())
    for (const { observation_id } of observations.active(source.source_id, until))
      purge(source, observation_id, 'age')
    if (!isOver(observations.tally(source.source_id), source)) return
    for (const id of overflow(observations.active(source.source_id), source)) purge(source, id, 'overflow')
  }

  /** What was said, too, once all of it is where it belongs. */
  const forgetTaken = () => store.recordings.forget(clock.now() - rememberedMs)

  function purge(source: SourceRecord, id: ObservationId, why: 'age' | 'overflow'): void {
    const observation = observations.get(id)
    if (!observation) return
    const gone = store.transaction(() => {
      observations.purge(id)
      observations.audit(source.source_id, clock.now(), 'purged', { observation_id: id, why })
      return source.purge_raw_on_retention ? releaseCapture(on, observation) : []
    })
    publish({ type: 'observation.purged', observation_id: id })
    tellGone(gone)
  }

  function tellGone(gone: readonly AssetId[]): void {
    for (const asset_id of gone) publish({ type: 'asset.deleted', asset_id })
    if (gone.length > 0) on.inBackground(on.assetUpkeep.finishBurials())
  }

  return {
    /** Of one source, or of all. */
    keep: (id?: SourceId): void => {
      if (id === undefined || id === microphoneSource) forgetTaken()
      const all = id === undefined ? observations.sources() : [observations.source(id)]
      for (const source of all) if (source) keep(source)
    },
    /** The source goes with what it delivered; what a run holds stays. */
    forget: (source: SourceRecord): void => {
      const { source_id, purge_raw_on_retention } = source
      const held = purge_raw_on_retention ? observations.active(source_id) : []
      const gone = store.transaction(() => {
        // It is forgotten with its captures.
        const received = new Map(held.map(({ asset_id: id }) => [id, observations.receivedLast(id)]))
        observations.deleteSource(source_id)
        observations.audit(source_id, clock.now(), 'deleted')
        return held.flatMap((capture) => releaseCapture(on, capture, received.get(capture.asset_id)))
      })
      publish({ type: 'source.deleted', source_id })
      tellGone(gone)
    },
  }
}
