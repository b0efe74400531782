import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fault } from '@contract/fault'
import Sqlite from 'better-sqlite3'
import { Failure } from '../core/failure'
import { asFailure, storeUnreadable } from './sqlite-failure'

/** An app that is being restarted may still be on its way out. */
const patience = 500

/**
 * Makes this process the only daemon of a state root and answers the release. The lock is SQLite's on a file of its
 * own: the system gives it back however the process ends, so nothing is ever stale. Makes the folder, for its owner
 * only. Throws `state_root_in_use` with the holder's pid when that is known.
 */
export function lockStateRoot(stateRoot: string): () => void {
  const pidFile = join(stateRoot, 'lock.pid')
  const db = orUnwritable(() => {
    mkdirSync(stateRoot, { recursive: true, mode: 0o700 })
    return new Sqlite(join(stateRoot, 'lock.sqlite'), { timeout: patience })
  })
  try {
    db.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    db.close()
    if (error instanceof Sqlite.SqliteError && error.code.startsWith('SQLITE_BUSY'))
      throw inUse(readPid(pidFile))
    throw unwritable(error)
  }
  notePid(pidFile)
  return () => {
    if (!db.open) return
    rmSync(pidFile, { force: true })
    db.close()
  }
}

/** The lock is SQLite's; the note only says whose. */
function notePid(pidFile: string): void {
  try {
    writeFileSync(pidFile, `${process.pid}\n`, { mode: 0o600 })
  } catch {
    // A full disk costs the note.
  }
}

function orUnwritable<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw unwritable(error)
  }
}

/** A folder that is read-only, somebody else's, or no folder. */
function unwritable(error: unknown): unknown {
  const code = String((error as { readonly code?: unknown } | null)?.code)
  if (!/^(EACCES|EPERM|EROFS|ENOTDIR|EEXIST|SQLITE_(CANTOPEN|READONLY|PERM))/.test(code))
    return asFailure(error)
  return storeUnreadable(
    'Kheish can’t write to its data folder. Nothing was changed; allow writing there, then try again.',
    error,
  )
}

function inUse(pid: number | undefined): Failure {
  const who = pid === undefined ? 'Another Kheish' : `Another Kheish (process ${pid})`
  const detail = `${who} is already using this data folder. Your chats are safe; its window and every other kheish command speak to it. Quit it first to start another.`
  return new Failure(fault('state_root_in_use', detail, pid === undefined ? {} : { pid }))
}

function readPid(pidFile: string): number | undefined {
  try {
    const pid = Number.parseInt(readFileSync(pidFile, 'utf8'), 10)
    return Number.isSafeInteger(pid) && pid > 0 ? pid : undefined
  } catch {
    return undefined
  }
}
