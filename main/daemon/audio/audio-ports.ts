import type { AssetContents, AssetDoor } from '../ports/assets'
import type { Clock } from '../ports/clock'
import type { Driver } from '../ports/driver'
import type { Publish } from '../ports/events'
import type { Hash } from '../ports/hash'
import type { Ids } from '../ports/ids'
import type { LeaseKey } from '../ports/leases'
import type { MediaWorker } from '../ports/media'
import type { Routing } from '../ports/routing'
import type { SpendingWatch } from '../ports/spending'
import type { Store } from '../ports/store'

/** What speaking and writing down take from outside. */
export interface AudioPorts {
  readonly store: Store
  readonly routing: Routing
  readonly driver: Driver
  readonly lease: LeaseKey
  readonly clock: Clock
  readonly ids: Ids
  readonly hash: Hash
  readonly publish: Publish
  readonly assets: AssetDoor
  readonly contents: AssetContents
  readonly media: MediaWorker
  readonly spending: SpendingWatch
  /** Absolute; for what is on its way. Emptied at the start. */
  readonly scratch: string
  readonly inBackground: (work: Promise<void>) => void
  /** Aborts when the daemon closes. */
  readonly stopping?: AbortSignal
}
