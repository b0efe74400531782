import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fault } from '@contract/fault'
import Sqlite from 'better-sqlite3'
import { Failure } from '../core/failure'
import { speakingFaults } from './sqlite-failure'

/** An app that is being restarted may still be on its way out. */
const patience = 500

/**
 * Makes this process the only daemon of a state root and answers the release. The lock is SQLite's on a file of its
 * own: the system gives it back however the process ends, so nothing is ever stale. Makes the folder, for its owner
 * only. Throws `state_root_in_use` with the holder's pid when that is known.
 */
export function lockStateRoot(stateRoot: string): () => void {
  speakingFaults(() => mkdirSync(stateRoot, { recursive: true, mode: 0o700 }))
  const pidFile = join(stateRoot, 'lock.pid')
  const db = speakingFaults(() => new Sqlite(join(stateRoot, 'lock.sqlite'), { timeout: patience }))
  try {
    db.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    db.close()
    if (error instanceof Sqlite.SqliteError && error.code.startsWith('SQLITE_BUSY'))
      throw inUse(readPid(pidFile))
    throw error
  }
  writeFileSync(pidFile, `${process.pid}\n`, { mode: 0o600 })
  return () => {
    if (!db.open) return
    rmSync(pidFile, { force: true })
    db.close()
  }
}

function inUse(pid: number | undefined): Failure {
  const who = pid === undefined ? 'Another Kheish' : `Another Kheish (process ${pid})`
  const detail = `${who} is already using this data folder. Your chats are safe; use that window, or quit it first.`
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
