import type { SoundDoor } from './recordings'
import type { DaemonHandlers } from '@contract/calls'
import type { DaemonState } from '@contract/routes'
import type { AssetDoor } from './assets'
import type { Browser } from './browser'
import type { Clock } from './clock'
import type { EventLog, Publish } from './events'
import type { Ids } from './ids'
import type { Keychain } from './keychain'
import type { Log } from './log'
import type { ForkMedia } from './media-child'

/** What a daemon needs from whoever hosts it. Clock, ids and log have real defaults. */
export interface DaemonPorts {
  /** Absolute; made when it is not there, for its owner only. */
  readonly stateRoot: string
  /** Absolute; absent: `routes.toml` in the state root, written with the recommended content when missing. */
  readonly routesFile?: string
  /** The demo: one route to this prefix in place of any file, with a key that opens nothing. */
  readonly demo?: { readonly prefix: string }
  /** For single commands: answers, but starts nothing by itself (no queued run, no catalogue). */
  readonly isPassive?: boolean
  readonly env: Readonly<Record<string, string | undefined>>
  readonly version: string
  readonly keychain: Keychain
  /** The process that looks at files (contract 7.3). Absent: they are looked at in this one, which only tests want. */
  readonly forkMedia?: ForkMedia
  /** The built `hash-thread.js`, which hashes stored files. Absent: this thread does. */
  readonly hashThread?: string
  readonly browser: Browser
  readonly publish: Publish
  /** As undici's. */
  readonly fetch?: typeof globalThis.fetch
  readonly clock?: Clock
  /** IANA name; where days and months begin is asked of this each time. Default: the system's. */
  readonly timeZone?: () => string
  readonly ids?: Ids
  readonly log?: Log
}

export interface Daemon {
  readonly handlers: DaemonHandlers
  readonly assets: AssetDoor
  /** Where a recorder's sound goes. */
  readonly sound: SoundDoor
  /** Whether a token is the one of a source; each wrong one counts. Absent like `events`. */
  mayUpload?(source_id: string, token: string): boolean
  state(): DaemonState
  /** Absent where the daemon is another process's: its own control plane has them. */
  readonly events?: EventLog
  /** Where those who serve it write what they saw; absent like `events`. */
  readonly log?: Log
  /** Keeps a surprise of a handler in the daemon's log; returns the reference that finds it. */
  report?(surprise: unknown): string
  /** Runs in flight end `interrupted` (`daemon_stopping`); everything is on disk when it resolves. */
  stop(): Promise<void>
}

/** Throws a `Failure` (`state_root_in_use`, `store_unreadable`, `storage_full`) when there is nothing to serve. */
export type StartDaemon = (ports: DaemonPorts) => Promise<Daemon>
