import {
  copyFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FaultCode } from '@contract/fault'
import Sqlite from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { migrations } from './migrations'
import { openStore } from './open-store'
import { aMessage, messageId, sessionId } from './sample'
import { storeOn } from './store-on'

const setup = { now: () => 1_000, newRootId: () => 'root_first' }
let folder: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kheish-store-'))
  file = join(folder, 'kheish.sqlite')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const open = () => openStore({ file, ...setup })
const withFault = (code: FaultCode) =>
  expect.objectContaining({ name: 'Failure', fault: expect.objectContaining({ code }) })

/** A chat of some size, and the file closed in order or left as a killed process leaves it. */
function fill(messages = 50): void {
  const store = open()
  store.sessions.create({ session_id: sessionId('s1'), title: 'Old chat', at_ms: 1 })
  for (let at = 0; at < messages; at += 1) store.messages.add(aMessage(`m${at}`))
  store.close()
}
function poke(work: (db: Sqlite.Database) => void): void {
  const db = new Sqlite(file)
  work(db)
  db.close()
}

describe('opening', () => {
  it('makes a database that keeps what it was given and who it is', () => {
    fill()
    const again = openStore({ file, now: () => 2_000, newRootId: () => 'root_second' })
    expect(again.state_root_id).toBe('root_first')
    expect(again.messages.get(messageId('m7'))?.parts).toEqual([{ kind: 'text', text: 'text of m7' }])
    again.close()
    again.close()
    expect(readdirSync(folder)).toEqual(['kheish.sqlite'])
  })

  it.skipIf(process.platform === 'win32')('lets nobody else read the file', () => {
    const store = open()
    for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).mode & 0o077).toBe(0)
    store.close()
  })

  it('opens what a killed process left, with its write-ahead log', () => {
    const store = open()
    store.sessions.create({ session_id: sessionId('s1'), title: 'kept', at_ms: 1 })
    const copy = join(folder, 'copy.sqlite')
    for (const end of ['', '-wal']) copyFileSync(`${file}${end}`, `${copy}${end}`)
    store.close()
    const again = openStore({ file: copy, ...setup })
    expect(again.sessions.get(sessionId('s1'))?.title).toBe('kept')
    again.close()
  })

  it('rolls everything back when work throws', () => {
    const store = open()
    const boom = () =>
      store.transaction(() => {
        store.sessions.create({ session_id: sessionId('s1'), title: '', at_ms: 1 })
        store.messages.add(aMessage('m1'))
        throw new Error('boom')
      })
    expect(boom).toThrowError('boom')
    expect(store.sessions.get(sessionId('s1'))).toBeUndefined()
    expect(store.search.search({ query: 'text', limit: 5 })).toEqual([])
    store.close()
  })
})

describe('a file that can’t be used is refused and left alone', () => {
  const refusals: readonly (readonly [why: string, make: () => void])[] = [
    [
      'not a database',
      () => writeFileSync(file, 'these are not the pages you are looking for\n'.repeat(400)),
    ],
    ['another program’s database', () => poke((db) => db.exec('CREATE TABLE bookmark (url TEXT)'))],
    ['a newer Kheish’s database', () => filledThen((db) => db.pragma('user_version = 99990'))],
    [
      'damaged in the middle',
      () => {
        fill(500)
        const bytes = readFileSync(file)
        const middle = Math.floor(bytes.length / 2)
        writeFileSync(file, bytes.fill(0xa5, 8_192, middle))
      },
    ],
    [
      'cut off',
      () => {
        fill(500)
        writeFileSync(file, readFileSync(file).subarray(0, 60_000))
      },
    ],
    [
      'written by a build with another text of a migration',
      () => filledThen((db) => db.exec(`UPDATE migration SET checksum = 'edited' WHERE number = 20`)),
    ],
  ]
  const filledThen = (work: (db: Sqlite.Database) => void, messages = 1) => {
    fill(messages)
    poke(work)
  }

  it.each(refusals)('%s', (_, make) => {
    make()
    const before = readFileSync(file)
    expect(open).toThrowError(withFault('store_unreadable'))
    expect(readFileSync(file).equals(before)).toBe(true)
  })

  it('in a folder that is not there', () => {
    expect(() => openStore({ file: join(folder, 'gone', 'k.sqlite'), ...setup })).toThrowError(
      withFault('store_unreadable'),
    )
  })
})

describe('the integrity check', () => {
  const unclosed = () => {
    fill(500)
    poke((db) => db.exec('UPDATE state_root SET closed = 0'))
  }
  const verdict = async () => {
    const store = open()
    const said = await store.inspect()
    store.close()
    return said
  }

  it('is for what was not closed in order, and is made until it was', async () => {
    unclosed()
    const early = open()
    const looking = early.inspect()
    early.close()
    expect(await looking).toBe('unknown')
    poke((db) => expect(db.prepare('SELECT closed FROM state_root').pluck().get()).toBe(0))
    expect(await verdict()).toBe('sound')
    poke((db) => expect(db.prepare('SELECT closed FROM state_root').pluck().get()).toBe(1))
  })

  it('goes on beside work, and what is written meanwhile stays', async () => {
    unclosed()
    const store = open()
    const looking = store.inspect()
    const rename = async (at: number): Promise<number> => {
      store.sessions.update(sessionId('s1'), { title: `title ${at}` })
      const said = await Promise.race([looking, new Promise((resolve) => setImmediate(resolve))])
      return said === undefined ? rename(at + 1) : at
    }
    const last = await rename(1)
    expect(last).toBeGreaterThan(1)
    expect(await looking).toBe('sound')
    expect(store.sessions.get(sessionId('s1'))?.title).toBe(`title ${last}`)
    store.close()
  })

  it('finds a damaged page that opening does not look at, every time, and leaves it alone', async () => {
    unclosed()
    const bytes = readFileSync(file)
    const page = Math.floor(bytes.indexOf('text of m250') / 4096) * 4096
    writeFileSync(file, bytes.fill(0xa5, page, page + 100))
    const before = readFileSync(file)
    expect(await verdict()).toBe('damaged')
    expect(readFileSync(file).equals(before)).toBe(true)
    expect(await verdict()).toBe('damaged')
  })
})

describe('migrations', () => {
  it('walk from the first one to today and leave a copy of what was there', () => {
    const early = openStoreAt(20)
    poke((db) => {
      db.exec(
        `INSERT INTO session (session_id, title, created_at_ms, updated_at_ms) VALUES ('s1', 'early', 1, 1)`,
      )
    })
    expect(early).toBe(20)
    const store = open()
    expect(store.sessions.get(sessionId('s1'))?.title).toBe('early')
    store.close()
    expect(readdirSync(folder).sort()).toEqual(['kheish.sqlite', 'kheish.sqlite.v20.bak'])
    poke((db) => {
      expect(db.pragma('user_version', { simple: true })).toBe(migrations.at(-1)?.number)
      expect(db.pragma('foreign_key_check')).toEqual([])
    })
  })

  it('make tables that every statement of the store fits', () => {
    const db = new Sqlite(':memory:')
    expect(() => storeOn(db, { ...setup, compilesAll: true })).not.toThrow()
    db.close()
  })

  it('leave a database as it was when one of them fails', () => {
    fill(1)
    const broken = [
      ...migrations,
      { number: 9_990, name: 'broken', sql: 'CREATE TABLE half (a); SELECT nonsense' },
    ]
    expect(() => openStore({ file, ...setup, migrations: broken })).toThrowError('nonsense')
    const store = open()
    expect(store.messages.get(messageId('m0'))).toBeDefined()
    store.close()
    poke((db) =>
      expect(db.prepare(`SELECT name FROM sqlite_schema WHERE name = 'half'`).get()).toBeUndefined(),
    )
  })

  it('go up in tens and are named as their files are', () => {
    const files = readdirSync(join(import.meta.dirname, 'migrations')).sort()
    expect(migrations.map(({ number, name }) => `${String(number).padStart(4, '0')}-${name}.sql`)).toEqual(
      files,
    )
  })

  /** A database as it was when only some migrations were written; answers its version. */
  function openStoreAt(number: number): unknown {
    const db = new Sqlite(file)
    const known = migrations.filter((migration) => migration.number <= number)
    // Today's statements don't fit yesterday's tables: what is made here is only the file.
    expect(() => storeOn(db, { ...setup, migrations: known })).toThrowError(/no such (table|column)/)
    const version = db.pragma('user_version', { simple: true })
    db.close()
    return version
  }
})

describe('a full disk', () => {
  it('is said, and leaves nothing half-written', () => {
    const db = new Sqlite(file)
    const store = storeOn(db, setup)
    store.sessions.create({ session_id: sessionId('s1'), title: '', at_ms: 1 })
    for (const id of ['a', 'b']) store.messages.add(aMessage(id, { role: 'assistant', parts: [] }))
    store.messages.appendBatches([{ id: messageId('a'), batch: { from: 1, upto: 1, deltas: [opening] } }])
    const size = db.pragma('page_count', { simple: true }) as number
    db.pragma(`max_page_count = ${size + 4}`)

    const parts = [{ kind: 'text' as const, text: 'long '.repeat(20_000) }]
    expect(() => store.messages.add(aMessage('m1', { parts }))).toThrowError(withFault('storage_full'))
    expect(() =>
      store.transaction(() => {
        store.sessions.update(sessionId('s1'), { title: 'renamed' })
        store.messages.add(aMessage('m1', { parts }))
      }),
    ).toThrowError(withFault('storage_full'))
    const batch = { from: 2, upto: 2, deltas: [{ at: 'text' as const, place: 0, add: 'x'.repeat(100_000) }] }
    const small = { id: messageId('b'), batch: { from: 1, upto: 1, deltas: [opening] } }
    for (const group of [[], [small]]) {
      const refused = () => store.messages.appendBatches([...group, { id: messageId('a'), batch }])
      expect(refused).toThrowError(withFault('storage_full'))
    }

    expect(store.messages.get(messageId('m1'))).toBeUndefined()
    expect(store.sessions.get(sessionId('s1'))?.title).toBe('')
    expect(store.messages.get(messageId('a'))?.seen).toBe(1)
    expect(store.messages.get(messageId('b'))?.seen).toBe(0)
    expect(store.search.search({ query: 'long', limit: 5 })).toEqual([])

    db.pragma(`max_page_count = ${size + 10_000}`)
    store.messages.appendBatches([{ id: messageId('a'), batch }])
    expect(store.messages.settle(messageId('a')).seen).toBe(2)
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
    store.close()
  })
})

const opening = { at: 'part' as const, part: { kind: 'text' as const, text: '' } }
