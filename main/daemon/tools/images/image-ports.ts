import type { Routing } from '../../ports/routing'
import type { AssetContents, AssetDoor } from '../../ports/assets'
import type { Clock } from '../../ports/clock'
import type { Driver } from '../../ports/driver'
import type { Evidence } from '../../ports/evidence'
import type { Hash } from '../../ports/hash'
import type { LeaseKey } from '../../ports/leases'
import type { Regions } from '../../ports/regions'
import type { Store } from '../../ports/store'

/** What making pictures takes from outside. */
export interface ImagePorts {
  readonly store: Pick<Store, 'assets' | 'imageModels' | 'imageVersions' | 'models' | 'messages'>
  readonly routing: Pick<Routing, 'table'>
  readonly driver: Pick<Driver, 'makeImages' | 'listImageModels'>
  readonly lease: LeaseKey
  readonly clock: Pick<Clock, 'now'>
  readonly hash: Hash
  readonly assets: Pick<AssetDoor, 'import'>
  readonly contents: Pick<AssetContents, 'bytes'>
  readonly regions: Regions
  readonly evidence: Pick<Evidence, 'open'>
}
