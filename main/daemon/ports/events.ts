import type { DaemonEvent } from '@contract/events'

/** Tells everybody outside what has happened. Never throws, never waits. */
export type Publish = (event: DaemonEvent) => void
