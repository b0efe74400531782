import { defaultPreferences } from '@contract/default-preferences'
import Sqlite from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { memoryStore, sessionId } from './sample'
import { storeOn } from './store-on'

describe('preferences', () => {
  it('are the defaults until somebody changes one', () => {
    const { preferences } = memoryStore()
    expect(preferences.get()).toEqual(defaultPreferences)
    const expected = { ...defaultPreferences, theme: 'dark', favourite_models: ['a/b'] }
    expect(preferences.set({ theme: 'dark', favourite_models: ['a/b'] })).toEqual(expected)
    expect(preferences.set({ text_scale: 1.25 })).toEqual({ ...expected, text_scale: 1.25 })
  })

  it('fall back one by one where what is stored no longer fits', () => {
    const db = new Sqlite(':memory:')
    const { preferences } = storeOn(db, { now: () => 1, newRootId: () => 'r' })
    preferences.set({ language: 'de' })
    const put = db.prepare(`INSERT INTO preference (name, value) VALUES (?, ?)`)
    put.run('theme', '"sepia"')
    put.run('text_scale', 'not json')
    put.run('sidebar_width', '999999')
    put.run('toString', '1')
    put.run('gone_since_0.2', 'true')
    expect(preferences.get()).toEqual({ ...defaultPreferences, language: 'de' })
  })
})

describe('runtime settings', () => {
  it('start at revision 0 and refuse a stale writer', () => {
    const { runtime } = memoryStore()
    const first = runtime.get()
    expect(first).toEqual({
      revision: 0,
      updated_at_ms: 0,
      models: {},
      permission_mode: 'default',
      system_prompt: '',
      debug_level: 'off',
      debug_encrypt: false,
    })
    const second = { ...first, revision: 1, updated_at_ms: 5, default_route: 'main', models: { main: 'a/b' } }
    expect(runtime.put(second, 3)).toBe(false)
    expect(runtime.get()).toEqual(first)
    expect(runtime.put(second, 0)).toBe(true)
    expect(runtime.get()).toEqual(second)
    expect(runtime.put({ ...first, revision: 1 }, 0)).toBe(false)
    expect(runtime.put({ ...first, revision: 2 }, 1)).toBe(true)
    expect(runtime.get()).toEqual({ ...first, revision: 2 })
  })
})

describe('secret slots', () => {
  it('hold metadata and nothing that was not asked for', () => {
    const { secrets } = memoryStore()
    const slot = { provider: 'openrouter', mode: 'api_key' } as const
    secrets.put({ slot_id: 'b', ...slot, updated_at_ms: 1 })
    secrets.put({ slot_id: 'a', ...slot, updated_at_ms: 1 })
    const rotated = { slot_id: 'b', ...slot, updated_at_ms: 2 }
    secrets.put(rotated)
    expect(secrets.get('b')).toEqual(rotated)
    expect(secrets.list().map((record) => record.slot_id)).toEqual(['a', 'b'])
    expect(secrets.delete('b')).toBe(true)
    expect(secrets.delete('b')).toBe(false)
    expect(secrets.get('b')).toBeUndefined()
  })
})

describe('the catalogue', () => {
  const model = (id: string, name = id) => ({
    id,
    name,
    input_modalities: ['text'],
    output_modalities: ['text'],
    supports: [],
    is_free: false,
  })

  it('is kept by route, in the provider’s order, and replaced whole', () => {
    const { models } = memoryStore()
    expect(models.list('main')).toEqual({ models: [], refreshed_at_ms: null })
    models.replace('main', [model('z/one'), model('a/two'), model('z/one', 'again')], 7)
    models.replace('other', [model('b/three')], 8)
    expect(models.list('main')).toEqual({ models: [model('z/one'), model('a/two')], refreshed_at_ms: 7 })
    expect(models.find('main', 'a/two')).toEqual(model('a/two'))
    expect(models.find('other', 'a/two')).toBeUndefined()
    models.replace('main', [], 9)
    expect(models.list('main')).toEqual({ models: [], refreshed_at_ms: 9 })
    expect(models.list('other').models).toHaveLength(1)
  })
})

describe('the journal', () => {
  it('counts on for each session by itself', () => {
    const store = memoryStore()
    for (const id of ['s1', 's2']) store.sessions.create({ session_id: sessionId(id), title: '', at_ms: 1 })
    const entry = { kind: 'input_received', at_ms: 1, data: { run_id: 'r' } } as const
    expect(store.journal.append(sessionId('s1'), entry)).toBe(1)
    expect(store.journal.append(sessionId('s1'), entry)).toBe(2)
    expect(store.journal.append(sessionId('s2'), entry)).toBe(1)
  })
})
