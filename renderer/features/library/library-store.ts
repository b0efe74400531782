import type { AssetRow } from '@contract/assets'
import type { AnyEvent } from '@contract/events'
import type { Fault } from '@contract/fault'
import type { AssetId, SessionId } from '@contract/ids'
import type { StoreApi } from 'zustand/vanilla'
import type { LibraryFilter } from './library-filter'

export interface LibraryState {
  /** `idle`: nobody has looked yet. Rows of the filter before stay in view while others are on their way. */
  readonly phase: 'idle' | 'loading' | 'ready' | 'failed'
  readonly fault: Fault | null
  readonly filter: LibraryFilter
  /** In the order of the filter, as far as loaded. */
  readonly rows: readonly AssetRow[]
  /** Of the whole filter, loaded or not. */
  readonly total: number
  readonly hasMore: boolean
  /** Whose page is open. */
  readonly opened: AssetId | null
  readonly selected: ReadonlySet<AssetId>
  /** Where a stretch of the selection begins. */
  readonly anchor: AssetId | null
  /** Has the focus, or had it last. */
  readonly cursor: AssetId | null
}

export interface LibraryActions {
  /** The page is shown: loads at the first time, looks for news later. `session`: the chat that is open. */
  enter(session: SessionId | null): Promise<void>
  load(): Promise<void>
  loadMore(): Promise<void>
  narrow(change: Partial<LibraryFilter>): Promise<void>
  open(id: AssetId | null): void
  point(id: AssetId): void
  /** `stretch`: everything from the one before to this one; else this one alone, on or off. */
  select(id: AssetId, stretch: boolean): void
  unselect(): void
  /** Closes what is innermost; false when there was nothing left to close. */
  back(): boolean
  /** Another daemon: nothing of this one's is left. */
  forget(): void
  hear(event: AnyEvent): void
}

export type LibraryStore = StoreApi<LibraryState> & LibraryActions
