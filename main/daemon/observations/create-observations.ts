import type { AssetDoor } from '../ports/assets'
import type { Clock } from '../ports/clock'
import type { Publish } from '../ports/events'
import type { FileDigest } from '../ports/file-digest'
import type { Hash } from '../ports/hash'
import type { Ids } from '../ports/ids'
import type { ObservationService } from '../ports/observations'
import type { Store } from '../ports/store'

export interface ObservationPorts {
  readonly store: Store
  readonly assets: AssetDoor
  readonly clock: Clock
  readonly ids: Ids
  readonly hash: Hash
  readonly publish: Publish
}
export type { FileDigest }

// PENDING: its owner fills this in.
export const createObservations = (_on: ObservationPorts): ObservationService => ({}) as ObservationService
