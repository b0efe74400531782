import type { DaemonState } from '@contract/routes'
import type { CurrentInventory, CurrentRoute } from '../core/routes/inventory'

/** The routes in force. */
export interface Routing {
  /** Undefined while the routes file is refused. */
  table(): CurrentInventory | undefined
  /** For work that needs a provider. Fault: `not_ready`. */
  ready(): CurrentInventory
  find(routeId: string): CurrentRoute | undefined
}

/** Whether the daemon can work, and what moves it on. */
export interface Phase {
  state(): DaemonState
  /** Reads the routes file again. */
  reload(): Promise<DaemonState>
  /** A slot was filled or emptied: looks at the loaded routes again. */
  recheck(): void
}
