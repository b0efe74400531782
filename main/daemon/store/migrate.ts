import { createHash } from 'node:crypto'
import { readdirSync, renameSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { Database } from 'better-sqlite3'
import type { Migration } from './migrations'
import { storeUnreadable } from './sqlite-failure'

/** "KHEI": tells our files from other SQLite databases. */
const applicationId = 0x4b484549

const ledger = `CREATE TABLE IF NOT EXISTS migration (
  number   INTEGER PRIMARY KEY,
  name     TEXT    NOT NULL,
  checksum TEXT    NOT NULL,
  at_ms    INTEGER NOT NULL
) STRICT`

/** Independent of how a checkout ends its lines. */
const checksum = (sql: string) => createHash('sha256').update(sql.replaceAll('\r\n', '\n')).digest('hex')

/** Refuses what is not ours or not for us, before anything is written. Throws `store_unreadable`. */
export function assertOurs(db: Database, migrations: readonly Migration[]): void {
  const id = db.pragma('application_id', { simple: true })
  const tables = db.prepare(`SELECT count(*) FROM sqlite_schema`).pluck().get()
  if (id !== applicationId && tables !== 0) {
    throw storeUnreadable(
      'The chat database is a file of another program. It was left as it is; move it out of the data folder to start empty.',
    )
  }
  const found = versionOf(db)
  if (found > (migrations.at(-1)?.number ?? 0)) {
    throw storeUnreadable(
      'Your chats were last opened by a newer Kheish. They were left as they are; install that version again to open them.',
    )
  }
  if (tables !== 0) assertUnedited(db, migrations, found)
}

/**
 * Brings a database up to the newest migration, one transaction each. An existing database is copied to
 * `<file>.v<version>.bak` first; older copies go. Foreign keys are off meanwhile and checked before each commit.
 */
export function migrate(db: Database, migrations: readonly Migration[], now: () => number): void {
  const from = versionOf(db)
  const pending = migrations.filter((migration) => migration.number > from)
  if (pending.length === 0) return
  if (from > 0 && !db.memory) backUp(db, from)
  db.pragma('foreign_keys = OFF')
  for (const migration of pending) {
    db.transaction(() => {
      db.pragma(`application_id = ${applicationId}`)
      db.exec(ledger)
      db.exec(migration.sql)
      db.prepare(`INSERT INTO migration (number, name, checksum, at_ms) VALUES (?, ?, ?, ?)`).run(
        migration.number,
        migration.name,
        checksum(migration.sql),
        now(),
      )
      db.pragma(`user_version = ${migration.number}`)
      const dangling = db.pragma('foreign_key_check')
      if (Array.isArray(dangling) && dangling.length > 0) {
        throw storeUnreadable(
          'Your chats could not be brought to this version of Kheish. They were left as they were; go back to the version before.',
        )
      }
    }).immediate()
  }
  db.pragma('foreign_keys = ON')
}

const versionOf = (db: Database) => Number(db.pragma('user_version', { simple: true }))

function assertUnedited(db: Database, migrations: readonly Migration[], upTo: number): void {
  const done = db
    .prepare<[], { number: number; checksum: string }>(
      `SELECT number, checksum FROM migration ORDER BY number`,
    )
    .all()
  const known = migrations.filter((migration) => migration.number <= upTo)
  const same =
    done.length === known.length &&
    known.every(({ number, sql }, at) => done[at]?.number === number && done[at].checksum === checksum(sql))
  if (same) return
  throw storeUnreadable(
    'Your chats were written by another build of Kheish. They were left as they are; open them with that build.',
  )
}

function backUp(db: Database, version: number): void {
  const backup = `${db.name}.v${version}.bak`
  const partial = `${backup}.part`
  rmSync(partial, { force: true })
  db.prepare(`VACUUM INTO ?`).run(partial)
  renameSync(partial, backup)
  const prefix = `${basename(db.name)}.v`
  for (const name of readdirSync(dirname(db.name))) {
    const isOlder = name.startsWith(prefix) && name.endsWith('.bak') && name !== basename(backup)
    if (isOlder) rmSync(join(dirname(db.name), name), { force: true })
  }
}
