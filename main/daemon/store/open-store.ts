import { closeSync, openSync } from 'node:fs'
import Sqlite from 'better-sqlite3'
import type { Store } from '../ports/store'
import { speakingFaults, storeUnreadable } from './sqlite-failure'
import type { StoreSetup } from './store-on'
import { storeOn } from './store-on'

export interface StoreOptions extends StoreSetup {
  /** Absolute, in a folder that is there; `:memory:` for tests. */
  readonly file: string
}

/** Milliseconds to wait for somebody else's look at the file, a backup program for instance. */
const patience = 2_000

/**
 * Opens the one database of a state root, making or migrating it. The caller holds the root's lock.
 * Throws `store_unreadable` (not a database, foreign or newer; nothing was written) or `storage_full`; so does every
 * method. Damage deep in the file is found by `inspect`.
 */
export function openStore({ file, ...setup }: StoreOptions): Store {
  if (file !== ':memory:') makePrivate(file)
  const db = speakingFaults(() => new Sqlite(file, { timeout: patience }))
  try {
    return storeOn(db, setup)
  } catch (error) {
    db.close()
    throw error
  }
}

/** Makes the file readable for its owner only, as SQLite then makes the -wal and -shm beside it. */
function makePrivate(file: string): void {
  try {
    closeSync(openSync(file, 'a', 0o600))
  } catch (cause) {
    throw storeUnreadable(undefined, cause)
  }
}
