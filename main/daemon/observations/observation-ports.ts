import { fault } from '@contract/fault'
import type { SourceId } from '@contract/ids'
import { Failure } from '../core/failure'
import type { AssetDoor, AssetUpkeep } from '../ports/assets'
import type { Clock } from '../ports/clock'
import type { Publish } from '../ports/events'
import type { Hash } from '../ports/hash'
import type { Ids } from '../ports/ids'
import type { SourceRecord } from '../ports/observations'
import type { Store } from '../ports/store'

export interface ObservationPorts {
  readonly store: Store
  readonly assets: Pick<AssetDoor, 'import'>
  readonly assetUpkeep: Pick<AssetUpkeep, 'finishBurials'>
  readonly clock: Clock
  readonly ids: Ids
  readonly hash: Hash
  readonly publish: Publish
  readonly inBackground: (work: Promise<void>) => void
}

/** Fault: `source_not_found`. */
export function findSource({ store }: Pick<ObservationPorts, 'store'>, id: SourceId): SourceRecord {
  const source = store.observations.source(id)
  if (source) return source
  throw new Failure(fault('source_not_found', 'There is no such source.'))
}
