import type { DaemonEvent } from '@contract/events'

/** Tells everybody outside what has happened. Never throws, never waits. */
export type Publish = (event: DaemonEvent) => void

/** An event with its place in this daemon's life. */
export interface NumberedEvent {
  /** `<boot>-<number>`: the boot is new at every start, numbers grow by one. */
  readonly id: string
  readonly type: DaemonEvent['type']
  /** Whose chat it is about; undefined when it concerns everybody. */
  readonly session_id: string | undefined
  /** The event as JSON in UTF-8, made once. */
  readonly json: Uint8Array
  /** Read from `json` at each look. */
  readonly event: DaemonEvent
}

/** The newest events of this daemon, kept for listeners that were away. Bounded by number and bytes. */
export interface EventLog {
  /** Id of the newest event; `<boot>-0` before the first. */
  last(): string
  /**
   * Those after `id`, oldest first and at most `limit`; undefined when it is of another boot or no longer kept: ask for
   * snapshots then.
   */
  after(id: string, limit?: number): readonly NumberedEvent[] | undefined
  /** From now on: everything, or what is about one chat and what concerns everybody. Answers the undo. */
  listen(hear: (numbered: NumberedEvent) => void, session?: string): () => void
  counts(): { readonly kept: number; readonly listeners: number }
}
