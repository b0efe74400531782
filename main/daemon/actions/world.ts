import type { DaemonHandlers } from '@contract/calls'
import type { SessionId } from '@contract/ids'
import type { ParseToml } from '../core/routes/route'
import type { AssetContents, AssetDoor, AssetUpkeep } from '../ports/assets'
import type { Browser } from '../ports/browser'
import type { Clock } from '../ports/clock'
import type { Discovery } from '../ports/discovery'
import type { Disk } from '../ports/disk'
import type { Driver } from '../ports/driver'
import type { Evidence } from '../ports/evidence'
import type { EventLog, Publish } from '../ports/events'
import type { Files } from '../ports/files'
import type { Hash } from '../ports/hash'
import type { Ids } from '../ports/ids'
import type { ImageService } from '../ports/images'
import type { Keychain } from '../ports/keychain'
import type { KeychainWatch } from '../ports/keychain-watch'
import type { Keyring } from '../ports/keyring'
import type { LeaseKey } from '../ports/leases'
import type { Log } from '../ports/log'
import type { Queue } from '../ports/queue'
import type { Restart } from '../ports/restart'
import type { ObservationService } from '../ports/observations'
import type { Phase, Routing } from '../ports/routing'
import type { SpeechService } from '../ports/speech'
import type { SpendingWatch } from '../ports/spending'
import type { Store } from '../ports/store'
import type { Toolbox } from '../ports/tools'
import type { TranscriptionService } from '../ports/transcription'
import type { CatalogueRefresh, Purge } from '../ports/upkeep'

type RecordingCall = Exclude<Extract<keyof DaemonHandlers, `recordings.${string}`>, 'recordings.ask'>

/** Everything an action may reach. Each takes the few it needs: `Pick<World, 'store' | 'clock'>`. */
export interface World {
  readonly store: Store
  readonly assets: AssetDoor
  readonly assetUpkeep: AssetUpkeep
  readonly contents: AssetContents
  readonly toolbox: Toolbox
  readonly images: ImageService
  readonly speech: SpeechService
  readonly transcription: TranscriptionService
  readonly observations: ObservationService
  /** Dictations; their calls are the room's own. */
  readonly recordings: {
    readonly handlers: Pick<DaemonHandlers, RecordingCall>
    /** Nobody is at work on any of them any more, and no sound comes to them. */
    letGo(): Promise<void>
  }
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
  readonly restart: Restart
  readonly keyring: Keyring
  readonly keychainWatch: KeychainWatch
  readonly lease: LeaseKey
  readonly queue: Queue
  readonly spending: SpendingWatch
  /** IANA name of this computer's time zone. */
  readonly timeZone: () => string
  readonly catalogue: CatalogueRefresh
  readonly discovery: Discovery
  readonly purge: Purge
  readonly evidence: Evidence
  /** Nobody is told of this chat; answers the undo. */
  readonly hide: (session: SessionId) => () => void
  readonly events: Pick<EventLog, 'last' | 'counts'>
  readonly disk: Disk
  /** Takes out of a value what has become known as a secret. */
  readonly scrub: (value: unknown) => unknown
  readonly clearLog: () => Promise<void>
  /** What has happened so far is told to nobody any more. */
  readonly clearEvents: () => void
  readonly about: About
  /** Absolute path of the routes file in force; undefined in the demo, which has none. */
  readonly routesFile: string | undefined
  /** Absolute path of the record of the last load (contract 2.7). */
  readonly inventoryFile: string
}

/** Which daemon this is, and where it keeps things. */
export interface About {
  readonly version: string
  readonly started_at_ms: number
  readonly pid: number
  /** Absolute; the first holds the others. */
  readonly folders: Readonly<
    Record<'state_root' | 'assets' | 'recordings' | 'logs' | 'evidence' | 'window', string>
  >
}
