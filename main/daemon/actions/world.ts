import type { ParseToml } from '../core/routes/route'
import type { Browser } from '../ports/browser'
import type { Clock } from '../ports/clock'
import type { Driver } from '../ports/driver'
import type { Publish } from '../ports/events'
import type { Files } from '../ports/files'
import type { Hash } from '../ports/hash'
import type { Ids } from '../ports/ids'
import type { Keychain } from '../ports/keychain'
import type { Keyring } from '../ports/keyring'
import type { LeaseKey } from '../ports/leases'
import type { Log } from '../ports/log'
import type { Queue } from '../ports/queue'
import type { Phase, Routing } from '../ports/routing'
import type { SpendingWatch } from '../ports/spending'
import type { Store } from '../ports/store'
import type { CatalogueRefresh, Purge } from '../ports/upkeep'

/** Everything an action may reach. Each takes the few it needs: `Pick<World, 'store' | 'clock'>`. */
export interface World {
  readonly store: Store
  readonly driver: Driver
  readonly clock: Clock
  readonly ids: Ids
  readonly log: Log
  readonly publish: Publish
  readonly keychain: Keychain
  readonly browser: Browser
  readonly files: Files
  readonly hash: Hash
  readonly parseToml: ParseToml
  readonly env: Readonly<Record<string, string | undefined>>
  /** From now on this text leaves the daemon in no log line. */
  readonly learn: (secret: string) => void
  readonly routing: Routing
  readonly phase: Phase
  readonly keyring: Keyring
  readonly lease: LeaseKey
  readonly queue: Queue
  readonly spending: SpendingWatch
  /** IANA name of this computer's time zone. */
  readonly timeZone: () => string
  readonly catalogue: CatalogueRefresh
  readonly purge: Purge
  /** Absolute path of the routes file in force; undefined in the demo, which has none. */
  readonly routesFile: string | undefined
  /** Absolute path of the record of the last load (contract 2.7). */
  readonly inventoryFile: string
}
