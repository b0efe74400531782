import type { DaemonState } from '@contract/routes'
import type { CurrentInventory, CurrentRoute } from '../core/routes/inventory'

/** The routes in force. */
export interface Routing {
  /** Undefined while the routes file is refused. */
  table(): CurrentInventory | undefined
  /** For work that needs a provider. Fault: `not_ready`. */
  ready(): CurrentInventory
  find(routeId: string): CurrentRoute | undefined
  /** SHA-256 of the text that the routes in force come from; undefined while it is refused, and in the demo. */
  digest(): string | undefined
}

/** Whether the daemon can work, and what moves it on. */
export interface Phase {
  state(): DaemonState
  /** Reads the routes file again. */
  reload(): Promise<DaemonState>
  /** A slot was filled or emptied: looks at the loaded routes again. */
  recheck(): void
}
