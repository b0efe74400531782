import type { Fault } from '@contract/fault'

/** Keeps the stored catalogue of models fresh; reading it never needs the network. */
export interface CatalogueRefresh {
  /** Fetches now, or joins the fetch that is under way. Never rejects; answers the fault, if there was one. */
  refresh(routeId: string): Promise<Fault | undefined>
  /** Fetches in the background what is missing or old. */
  refreshIfOld(routeIds: readonly string[]): void
  isRefreshing(routeId: string): boolean
}

/** Removes deleted chats for good once they can't be asked back any more. */
export interface Purge {
  /** A chat was deleted now; answers how many milliseconds it can still be restored. */
  schedule(): number
  /** At a start: whatever was deleted before `at_ms`, the last process's time to ask it back is over. */
  sweepAll(at_ms: number): void
  stop(): void
}
