import { copyFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import Sqlite from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { migrations } from './migrations'
import { openStore } from './open-store'
import { messageId, runId, sessionId } from './sample'

const released = resolve(import.meta.dirname, '../../../e2e/upgrades')
let folder: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kheish-upgrade-'))
  file = join(folder, 'kheish.sqlite')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const versions = readdirSync(released).filter((name) => name.endsWith('.sqlite'))

describe.each(versions)('a database of %s', (name) => {
  it('opens today with everything that was in it', () => {
    copyFileSync(join(released, name), file)
    const store = openStore({ file, now: () => 1, newRootId: () => 'another' })
    // Every released file tells the same story (see its README).
    expect(store.state_root_id).toBe('root_upgrade')
    const { sessions, total } = store.sessions.list({ limit: 10 })
    expect(total).toBe(2)
    expect(sessions.map((session) => session.title)).toEqual(['Unfinished', 'Trip to 京都'])
    const trip = store.messages.path(messageId('message_answer_2'), { limit: 10 }).messages
    expect(trip.map((message) => [message.role, message.versions.length])).toEqual([
      ['user', 1],
      ['assistant', 2],
    ])
    expect(trip[1]).toMatchObject({
      status: 'completed',
      receipt: { cost: { basis: 'reported', usd: 0.0042 } },
      parts: [
        { kind: 'reasoning' },
        { kind: 'text', text: 'Take the night train; see **Fushimi Inari** at dawn.' },
      ],
    })
    expect(store.messages.get(messageId('message_growing'))).toMatchObject({
      parts: [{ kind: 'text', text: 'Once upon a ti' }],
      seen: 4,
      status: 'running',
    })
    expect(store.runs.queued(sessionId('session_unfinished'))[0]?.run_id).toBe('run_queued')
    expect(store.runs.events(runId('run_answer_2')).map((event) => event.kind)).toContain('completed')
    expect(store.search.search({ query: 'inari', limit: 5 })).toHaveLength(1)
    expect(store.search.search({ query: '京都', limit: 5 })).toHaveLength(2)
    expect(store.sessions.restore(sessionId('session_deleted'))?.title).toBe('Deleted')
    expect(store.preferences.get()).toMatchObject({ theme: 'dark', text_scale: 1.25 })
    expect(store.runtime.get()).toMatchObject({ revision: 1, default_route: 'main' })
    expect(store.models.find('main', 'acme/one')?.name).toBe('Acme One')
    // What was spent before there was a ledger is in it.
    expect(store.costs.by('session', { from_ms: 0, to_ms: Date.now() })).toMatchObject([
      { key: 'session_trip', label: 'Trip to 京都', runs: 1, reported: 4_200_000, completion_tokens: 34 },
    ])
    expect(store.costs.get(runId('run_answer_2'))?.at_ms).toBe(1_760_000_019_000)
    expect(store.secrets.list().map((secret) => secret.slot_id)).toEqual(['openrouter.primary'])
    expect(store.messages.settle(messageId('message_growing')).seen).toBe(4)
    store.close()
    const db = new Sqlite(file)
    expect(db.pragma('user_version', { simple: true })).toBe(migrations.at(-1)?.number)
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
    expect(db.pragma('foreign_key_check')).toEqual([])
    db.close()
  })
})
