import type { Database } from 'better-sqlite3'
import type { ObservationStore } from '../ports/observations'

// PENDING: its owner fills this in.
export const observations = (_db: Database): ObservationStore => ({}) as ObservationStore
