import { fault } from '@contract/fault'
import Sqlite from 'better-sqlite3'
import { Failure } from '../core/failure'

const full =
  'The disk is full. Nothing was half-written and your chats are safe; free some space and try again.'
const unreadable =
  'Kheish can’t read its chat database. The file was left as it is; ' +
  'move it out of the data folder to start empty, or put a backup in its place.'

/** `store_unreadable`, with a sentence of its own where one is known. */
export function storeUnreadable(detail = unreadable, cause?: unknown): Failure {
  return new Failure(fault('store_unreadable', detail), { cause })
}

/** What SQLite reports as a `Failure` (`storage_full`, `store_unreadable`) where a person can act on it. */
export function asFailure(error: unknown): unknown {
  if (!(error instanceof Sqlite.SqliteError)) return error
  if (error.code.startsWith('SQLITE_FULL')) return new Failure(fault('storage_full', full), { cause: error })
  if (/^SQLITE_(CORRUPT|NOTADB|CANTOPEN|IOERR|READONLY|PERM|AUTH)/.test(error.code)) {
    return storeUnreadable(unreadable, error)
  }
  return error
}

/** Why the database refuses, in one sentence. */
export function refusalOf(error: unknown): string {
  const known = asFailure(error)
  return known instanceof Failure ? known.fault.detail : 'The database refuses to be written.'
}

/** Runs work on the database; the one place where SQLite's errors become ours. */
export function speakingFaults<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw asFailure(error)
  }
}

/** The same object, with every method speaking faults. */
export function withFaults<T extends object>(aggregate: T): T {
  const wrapped = Object.entries(aggregate).map(([name, method]) => [
    name,
    (...given: unknown[]) => speakingFaults(() => (method as (...given: unknown[]) => unknown)(...given)),
  ])
  // Every property of an aggregate is a method, and each keeps its own signature.
  return Object.fromEntries(wrapped) as T
}
