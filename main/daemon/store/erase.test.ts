import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Store } from '../ports/store'
import { openStore } from './open-store'
import { aMessage, anAsset, assetId, readMeanwhile, sessionId } from './sample'

let folder: string
let store: Store
const file = () => join(folder, 'kheish.sqlite')
const open = () => openStore({ file: file(), now: () => 1, newRootId: () => 'root' })
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kheish-erase-'))
  store = open()
})
afterEach(() => {
  store.close()
  rmSync(folder, { recursive: true })
})

const planted = 'Quokkabeuteldachs'
const text = () => ['', '-wal'].map((end) => readFileSync(file() + end, 'latin1').toLowerCase()).join('')

function fill(chats: number): void {
  for (let at = 0; at < chats; at += 1) {
    const session_id = sessionId(`s${String(at)}`)
    store.sessions.create({ session_id, title: `${planted} ${String(at)}`, at_ms: at })
    const { message_id } = store.messages.add(
      aMessage(`m${String(at)}`, { session_id, parts: [{ kind: 'text', text: planted }] }),
    )
    store.messages.settle(message_id)
  }
  store.assets.add(anAsset('kept', { file_name: `${planted}.txt`, search_text: planted }))
  store.assets.add(anAsset('buried', { file_name: `${planted}.txt` }))
  store.assets.bury(assetId('buried'), 1)
  store.preferences.set({ theme: 'dark' })
  store.runtime.put({ ...store.runtime.get(), system_prompt: planted, revision: 1 }, 0)
  store.secrets.put({ slot_id: 'a.key', provider: 'openrouter', mode: 'api_key', updated_at_ms: 1 })
  store.models.replace('main', [], 1)
}

describe('erasing', () => {
  test('takes some chats at a time, and answers which', () => {
    fill(5)
    expect(store.erase.sessions(2)).toHaveLength(2)
    expect(store.counts()).toEqual({ chats: 3, messages: 3 })
    expect(store.erase.sessions(9)).toHaveLength(3)
    expect(store.erase.sessions(9)).toEqual([])
  })

  test('takes some assets at a time, with all that hangs on them and their words', () => {
    fill(1)
    for (const id of ['a', 'b', 'c']) store.assets.add(anAsset(id, { file_name: `${planted} ${id}.txt` }))
    expect(store.erase.assets(3)).toHaveLength(3)
    expect(store.assets.list({ limit: 9, query: planted }).assets).toHaveLength(1)
    expect(store.erase.assets(3)).toHaveLength(1)
    expect(store.erase.assets(3)).toEqual([])
    expect(store.counts().chats).toBe(1)
  })

  test('leaves who the root is, the slots and the catalogue, and nothing else', () => {
    fill(3)
    store.erase.sessions(9)
    store.erase.rest(false)
    expect(store.erase.sweep()).toBe(true)
    expect(text()).not.toContain(planted.toLowerCase())
    store.close()
    const db = new Sqlite(file(), { readonly: true })
    const names = db.prepare<[], string>(`SELECT name FROM sqlite_schema WHERE type = 'table'`).pluck().all()
    const full = names.filter(
      (name) =>
        !/^(message_index|asset_index|asset_piece|sqlite)_/.test(name) &&
        db.prepare(`SELECT 1 FROM ${name} LIMIT 1`).get() !== undefined,
    )
    db.close()
    expect(full.sort()).toEqual(['catalogue', 'migration', 'secret_slot', 'state_root'])
    store = open()
    expect(store.state_root_id).toBe('root')
    expect(store.preferences.get().theme).toBe('system')
  })

  test('the slots go when they are to', () => {
    fill(1)
    store.erase.rest(true)
    expect(store.secrets.list()).toEqual([])
  })

  test('says when somebody was reading meanwhile, and is clean the next time', () => {
    fill(2)
    const stopReading = readMeanwhile(file())
    store.erase.sessions(9)
    store.erase.rest(false)
    expect(store.erase.sweep()).toBe(false)
    stopReading()
    expect(store.erase.sweep()).toBe(true)
    expect(text()).not.toContain(planted.toLowerCase())
  })

  test('what is written afterwards is found again', () => {
    fill(1)
    store.erase.sessions(9)
    store.erase.rest(false)
    store.erase.sweep()
    fill(1)
    expect(store.search.search({ query: planted, limit: 5 }).length).toBeGreaterThan(0)
  })
})

describe('the probe', () => {
  test('changes nothing, and says why when it may not write', () => {
    expect(store.probe()).toBeUndefined()
    const other = new Sqlite(file(), { timeout: 0 })
    other.exec('BEGIN IMMEDIATE')
    expect(store.probe()).toBe('The database refuses to be written.')
    other.close()
    expect(store.probe()).toBeUndefined()
  })
})
