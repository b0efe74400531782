import { closeSync, openSync } from 'node:fs'
import Sqlite from 'better-sqlite3'
import type { Database } from 'better-sqlite3'
import type { Store } from '../ports/store'
import { journal } from './journal'
import { messages } from './messages'
import { assertOurs, migrate } from './migrate'
import type { Migration } from './migrations'
import { migrations } from './migrations'
import { models } from './models'
import { preferences } from './preferences'
import { runs } from './runs'
import { runtime } from './runtime'
import { search } from './search'
import { searchIndex } from './search-index'
import { secrets } from './secrets'
import { sessions } from './sessions'
import { speakingFaults, storeUnreadable, withFaults } from './sqlite-failure'
import { stateRoot } from './state-root'

export interface StoreOptions {
  /** Absolute; `:memory:` for tests. */
  readonly file: string
  readonly now: () => number
  readonly newRootId: () => string
  /** For tests that walk an old database to today. */
  readonly migrations?: readonly Migration[]
}

/**
 * Opens the one database of a state root, making or migrating it. The caller holds the root's lock.
 * Throws `store_unreadable` (damaged, foreign or newer; nothing was written) or `storage_full`; so does every method.
 */
export function openStore(options: StoreOptions): Store {
  // Made here so that only its owner can read it; the -wal and -shm files follow its mode.
  if (options.file !== ':memory:') speakingFaults(() => closeSync(openSync(options.file, 'a', 0o600)))
  const db = speakingFaults(() => new Sqlite(options.file, { timeout: 2_000 }))
  try {
    return speakingFaults(() => prepared(db, options))
  } catch (error) {
    db.close()
    throw error
  }
}

function prepared(db: Database, options: StoreOptions): Store {
  const known = options.migrations ?? migrations
  assertOurs(db, known)
  db.pragma('journal_mode = WAL')
  // NORMAL hands every commit to the system but waits for the disk only at checkpoints. A killed process loses
  // nothing; a power cut may take the newest commits back, whole, and never damages what was there before.
  // FULL would wait for the disk once per network read of every stream.
  db.pragma('synchronous = NORMAL')
  db.pragma('foreign_keys = ON')
  migrate(db, known, options.now)
  const root = stateRoot(db, options.newRootId, options.now)
  // The whole file is read only when the last daemon did not say good-bye: 0.1 s per 100 MB.
  if (!root.wasClosed) assertSound(db)

  return {
    state_root_id: root.state_root_id,
    sessions: withFaults(sessions(db)),
    messages: withFaults(messages(db, searchIndex(db))),
    runs: withFaults(runs(db)),
    secrets: withFaults(secrets(db)),
    models: withFaults(models(db)),
    runtime: withFaults(runtime(db)),
    preferences: withFaults(preferences(db)),
    search: withFaults(search(db)),
    journal: withFaults(journal(db)),
    transaction: (work) => speakingFaults(() => db.transaction(work).immediate()),
    close: () => {
      if (!db.open) return
      try {
        root.close()
      } finally {
        db.close()
      }
    },
  }
}

function assertSound(db: Database): void {
  if (db.pragma('quick_check(1)', { simple: true }) !== 'ok') throw storeUnreadable()
}
