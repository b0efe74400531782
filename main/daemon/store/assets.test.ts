import Sqlite from 'better-sqlite3'
import { describe, expect, it, vi } from 'vitest'
import type { Provenance } from '@contract/assets'
import type { NewAsset } from '../ports/asset-store'
import type { Store } from '../ports/store'
import { assets } from './assets'
import { migrate } from './migrate'
import { migrations } from './migrations'
import {
  aMessage,
  aRun,
  anAsset,
  assetId,
  attached,
  memoryStore,
  messageId,
  runId,
  sessionId,
} from './sample'

const madeOf = (...sources: string[]): Provenance => ({
  kind: 'image_edit',
  tool_name: 'edit_image',
  session_id: 's1',
  run_id: 'r1',
  tool_call_id: 'call',
  route_id: 'openrouter',
  provider: 'openrouter',
  model: 'acme/draws',
  prompt_sha256: '0'.repeat(64),
  source_assets: sources.map((id) => ({ asset_id: assetId(id), media_type: 'image/png', sha256: '1' })),
  output_index: 1,
  output_count: 1,
})

const picture: Partial<NewAsset> = {
  file_name: 'Mein Résumé.png',
  raw: { sha256: 'ABC123', byte_length: 900, media_type: 'image/png' },
  thumbnail: { sha256: 'thumb', byte_length: 9, media_type: 'image/webp' },
  source_media_type: 'image/webp',
  source_byte_length: 1_000,
  source_width: 4_000,
  source_height: 2_000,
  width: 2_048,
  height: 1_024,
}

function chat(store: Store, id = 's1'): void {
  store.sessions.create({ session_id: sessionId(id), title: `Chat ${id}`, at_ms: 1 })
}

describe('records', () => {
  it('say what they are and hold no path', () => {
    const store = memoryStore()
    const { view } = store.assets.add(anAsset('a', picture))
    expect(view).toEqual({
      asset_id: 'a',
      media_type: 'image/png',
      file_name: 'Mein Résumé.png',
      sha256: 'ABC123',
      byte_length: 900,
      created_at_ms: 1_000,
      kind: 'image',
      origin: 'imported',
      has_thumbnail: true,
      width: 2_048,
      height: 1_024,
      uri: 'asset://raw/a',
      derivation_ids: [],
      provenance: [],
      source_media_type: 'image/webp',
      source_byte_length: 1_000,
      source_width: 4_000,
      source_height: 2_000,
    })
    expect(store.assets.find('image/png', 'ABC123')?.view).toEqual(view)
    expect(store.assets.find('image/jpeg', 'ABC123')).toBeUndefined()
    expect(store.assets.ref(assetId('a'))).toEqual({
      asset_id: 'a',
      media_type: 'image/png',
      file_name: 'Mein Résumé.png',
      byte_length: 900,
      sha256: 'ABC123',
      width: 2_048,
      height: 1_024,
    })
    expect(store.assets.ref(assetId('ghost'))).toBeUndefined()
  })

  it('have text and preview, which may be made anew', () => {
    const store = memoryStore()
    const text = { sha256: 't', byte_length: 5, media_type: 'text/plain', is_cut: true }
    const preview = { sha256: 'p', byte_length: 6, media_type: 'image/png' }
    const { view } = store.assets.add(anAsset('a', { text, preview, pages: 3 }))
    expect(view).toMatchObject({
      text_uri: 'asset://text/a',
      text_byte_length: 5,
      is_text_cut: true,
      preview_image_uri: 'asset://preview/a',
      pages: 3,
    })
    expect(store.assets.ref(assetId('a'))?.text_byte_length).toBe(5)
    const anew = store.assets.setDerived(assetId('a'), { text: { ...text, sha256: 'u', is_cut: false } })
    expect(anew.text?.sha256).toBe('u')
    expect(anew.preview).toBeUndefined()
    expect(store.assets.holds('p')).toBe(false)
  })

  it('keep every provenance and the origin of the first', () => {
    const store = memoryStore()
    store.assets.add(anAsset('a', { provenance: madeOf('b') }))
    const { view } = store.assets.addProvenance(assetId('a'), { ...madeOf('c'), kind: 'image_generation' })
    expect(view.origin).toBe('edited')
    expect(view.provenance.map(({ kind }) => kind)).toEqual(['image_edit', 'image_generation'])
  })

  it('are in quarantine until they are let out', () => {
    const store = memoryStore()
    store.assets.add(anAsset('a'))
    store.assets.setQuarantined(assetId('a'), true)
    expect(store.assets.get(assetId('a'))?.view.is_quarantined).toBe(true)
    store.assets.setQuarantined(assetId('a'), false)
    expect(store.assets.get(assetId('a'))?.view).not.toHaveProperty('is_quarantined')
  })
})

describe('burying', () => {
  it('leaves a tombstone with the files, and the id is never used again', () => {
    const store = memoryStore()
    const shared = { sha256: 'digest-of-a', byte_length: 10, media_type: 'text/plain', is_cut: false }
    store.assets.add(anAsset('a', { text: shared }))
    expect(store.assets.bury(assetId('a'), 5)).toEqual(['a'])
    expect(store.assets.get(assetId('a'))).toBeUndefined()
    expect(store.assets.list({ limit: 9 }).total).toBe(0)
    expect(store.assets.list({ query: 'a.txt', limit: 9 }).total).toBe(0)
    expect(store.assets.unfinishedBurials()).toEqual([{ asset_id: 'a', files: ['digest-of-a'] }])
    store.assets.finishBurial(assetId('a'))
    expect(store.assets.unfinishedBurials()).toEqual([])
    expect(() => store.assets.add(anAsset('a'))).toThrow('used again')
    expect(store.assets.bury(assetId('a'), 6)).toEqual([])
  })

  it('knows which digests somebody else holds', () => {
    const store = memoryStore()
    store.assets.add(anAsset('a'))
    store.assets.add(
      anAsset('b', { preview: { sha256: 'digest-of-a', byte_length: 10, media_type: 'text/plain' } }),
    )
    expect(store.assets.holds('digest-of-a', assetId('a'))).toBe(true)
    expect(store.assets.holds('digest-of-b', assetId('b'))).toBe(false)
    expect(store.assets.holds('digest-of-b')).toBe(true)
    expect(store.assets.holds('nothing')).toBe(false)
  })
})

describe('holding', () => {
  const owners = (store: Store, id: string) =>
    store.assets
      .references(assetId(id))
      .map(({ domain, owner_id, role, hard }) => [domain, owner_id, role, hard])

  it('begins with a run, goes on with its message, and ends with the chat', () => {
    const store = memoryStore()
    chat(store)
    for (const id of ['a', 'b', 'c']) store.assets.add(anAsset(id))
    store.runs.add(aRun('r', { input: [attached('a')], context_assets: [assetId('b')] }))
    expect(store.runs.get(runId('r'))?.context_assets).toEqual(['b'])
    store.messages.add(aMessage('q', { parts: [attached('a'), attached('a')] }))
    expect(owners(store, 'a')).toEqual([
      ['session_message', 'q', 'input', true],
      ['run_input', 'r', 'input', true],
    ])
    expect(owners(store, 'b')).toEqual([['run_input', 'r', 'input', true]])
    expect(store.assets.references(assetId('b'))[0]).toMatchObject({ parent_id: 's1', title: 'Chat s1' })
    expect(store.assets.unused(2_000, 9)).toEqual(['c'])

    store.sessions.markDeleted(sessionId('s1'), 10)
    expect(owners(store, 'a')).toHaveLength(2)
    expect(store.assets.graph(assetId('a')).used_in).toEqual([])
    store.sessions.restore(sessionId('s1'))
    expect(store.assets.graph(assetId('a')).used_in).toEqual([
      { session_id: 's1', title: 'Chat s1', message_id: 'q', role: 'user', at_ms: 1_000 },
    ])
    store.sessions.markDeleted(sessionId('s1'), 10)
    store.sessions.purgeDeleted(11)
    expect(owners(store, 'a')).toEqual([])
    expect(store.assets.unused(2_000, 9)).toEqual(['a', 'b', 'c'])
    expect(store.assets.unused(1_000, 9)).toEqual([])
  })

  it('parts are in no list and kept for what they are part of', () => {
    const store = memoryStore()
    store.assets.add(anAsset('mask', { is_part: true }))
    const region = {
      asset_id: assetId('a'),
      width: 1,
      height: 1,
      outside_pixels: 0,
      outside_changed: 0,
      feather_px: 0,
    }
    store.assets.add(
      anAsset('made', {
        provenance: { ...madeOf('a'), region: { ...region, mask_asset_id: assetId('mask') } },
      }),
    )
    const listed = (query?: string) => {
      const { assets, total } = store.assets.list({ limit: 9, query })
      expect(assets).toHaveLength(total)
      return assets.map(({ asset_id }) => asset_id)
    }
    for (const query of [undefined, 'txt', 'te']) expect(listed(query)).toEqual(['made'])
    for (const query of ['mask', 'ma mask', 'digest-of-mask']) expect(listed(query)).toEqual([])
    expect(store.assets.counts()).toEqual({ assets: 1 })
    expect(store.assets.get(assetId('mask'))).toMatchObject({ is_part: true })
    expect(store.assets.graph(assetId('made')).made_from).toMatchObject([
      { asset_id: 'mask', part: 'answer' },
    ])
    expect(store.assets.references(assetId('mask'))).toMatchObject([
      { domain: 'asset_provenance', owner_id: 'made' },
    ])
    expect(store.assets.older(2_000)).toBe(2)
    expect(store.assets.unused(2_000, 9)).toEqual(['made'])

    store.assets.setListed(assetId('mask'))
    store.assets.setListed(assetId('mask'))
    expect(store.assets.get(assetId('mask'))?.is_part).toBeUndefined()
    for (const query of ['mask', 'ask']) expect(listed(query)).toEqual(['mask'])
    store.assets.bury(assetId('mask'), 1)
    expect(listed('mask')).toEqual([])
  })

  it('counts what lists have without reading the rows', () => {
    const db = new Sqlite(':memory:')
    migrate(db, migrations, () => 1)
    const prepare = vi.spyOn(db, 'prepare')
    assets(db)
    const asked = prepare.mock.calls.map(([sql]) => sql)
    prepare.mockRestore()
    const counts = asked.filter((sql) =>
      /^SELECT count\(\*\) FROM asset (?:a )?WHERE (?!.*haystack)/s.test(sql),
    )
    expect(counts.length).toBeGreaterThan(1)
    const named = { from_ms: 0, to_ms: 0, kind: null, origin: null, session_id: null }
    for (const sql of counts) {
      const plan = db
        .prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
        .all(...(sql.includes('@') ? [named] : []))
      expect(plan[0]?.detail).toMatch(/ USING COVERING INDEX asset_by_time/)
    }
    db.close()
  })

  it('an answer holds from the moment its batch is journalled', () => {
    const store = memoryStore()
    chat(store)
    store.assets.add(anAsset('a'))
    store.messages.add(aMessage('answer', { role: 'assistant', parts: [] }))
    const batch = { from: 1, upto: 1, deltas: [{ at: 'part' as const, part: attached('a') }] }
    store.messages.appendBatches([{ id: messageId('answer'), batch }])
    expect(owners(store, 'a')).toEqual([['session_message', 'answer', 'output', true]])
    store.messages.settle(messageId('answer'))
    expect(owners(store, 'a')).toHaveLength(1)
  })

  it('a branch holds what its path does, and its runs, too', () => {
    const store = memoryStore()
    chat(store)
    chat(store, 's2')
    for (const id of ['a', 'b']) store.assets.add(anAsset(id))
    store.runs.add(aRun('r', { status: 'completed', input: [attached('a')], context_assets: [assetId('b')] }))
    store.messages.add(aMessage('q', { parts: [attached('a')], run_id: runId('r') }))
    store.messages.copyPath(
      messageId('q'),
      sessionId('s2'),
      () => messageId('q2'),
      () => runId('r2'),
    )
    store.sessions.markDeleted(sessionId('s1'), 1)
    store.sessions.purgeDeleted(2)
    expect(owners(store, 'a')).toEqual([
      ['session_message', 'q2', 'input', true],
      ['run_input', 'r2', 'input', true],
    ])
    expect(store.runs.get(runId('r2'))?.context_assets).toEqual(['b'])
    expect(owners(store, 'b')).toHaveLength(1)
  })

  it('a draft holds, in order, until it lets go', () => {
    const store = memoryStore()
    chat(store)
    for (const id of ['a', 'b']) store.assets.add(anAsset(id))
    const draft = (ids: readonly string[]) =>
      store.sessions.update(sessionId('s1'), { draft_attachments: ids.map(assetId) })
    expect(draft(['b', 'a', 'ghost']).draft_attachments?.map(({ file_name }) => file_name)).toEqual([
      'b.txt',
      'a.txt',
    ])
    expect(store.sessions.update(sessionId('s1'), { draft: 'x' }).draft_attachments).toHaveLength(2)
    expect(store.sessions.list({ limit: 1 }).sessions[0]?.draft_attachments).toHaveLength(2)
    expect(owners(store, 'a')).toEqual([['session_draft', 's1', 'draft', true]])
    expect(draft([])).not.toHaveProperty('draft_attachments')
    expect(owners(store, 'a')).toEqual([])
    expect(() => store.sessions.update(sessionId('none'), { draft_attachments: [assetId('a')] })).toThrow(
      'no chat',
    )
  })

  it('what something was made from is named, and holds nothing', () => {
    const store = memoryStore()
    for (const [id, ...sources] of [['a'], ['b', 'a'], ['c', 'b', 'gone'], ['d', 'b', 'd']])
      store.assets.add(anAsset(id ?? '', sources.length > 0 ? { provenance: madeOf(...sources) } : {}))
    expect(owners(store, 'a')).toEqual([['asset_provenance', 'b', 'source', false]])
    const ids = (rows: readonly { asset_id: string }[]) => rows.map(({ asset_id }) => asset_id)
    const around = (id: string) => {
      const { made_from, made_into } = store.assets.graph(assetId(id))
      return [ids(made_from), ids(made_into)]
    }
    expect(around('a')).toEqual([[], ['b', 'd', 'c']])
    expect(around('c')).toEqual([['b', 'a'], []])
    expect(around('d')).toEqual([['b', 'a'], []])
    expect(store.assets.bury(assetId('a'), 1)).toHaveLength(1)
    expect(around('b')).toEqual([[], ['d', 'c']])
  })
})

describe('listing', () => {
  const named = (store: Store, query: Partial<Parameters<Store['assets']['list']>[0]>) =>
    store.assets.list({ limit: 50, ...query }).assets.map(({ asset_id }) => asset_id as string)

  function library(): Store {
    const store = memoryStore()
    chat(store)
    store.assets.add(anAsset('first', { ...picture, created_at_ms: 10 }))
    store.assets.add(
      anAsset('second', {
        file_name: 'invoice_2024-03.pdf',
        raw: { sha256: 'beef', byte_length: 1, media_type: 'application/pdf' },
        search_text: 'Total of the invoice: 42 Quokkas for 京都タワー',
        created_at_ms: 20,
      }),
    )
    store.assets.add(
      anAsset('third', {
        file_name: 'talk.wav',
        raw: { sha256: 'cafe', byte_length: 1, media_type: 'audio/wav' },
        provenance: { ...madeOf(), kind: 'audio_generation' },
        created_at_ms: 20,
      }),
    )
    store.messages.add(aMessage('q', { parts: [attached('second')] }))
    return store
  }

  it.each<[string, Partial<Parameters<Store['assets']['list']>[0]>, string[]]>([
    ['everything, newest first', {}, ['third', 'second', 'first']],
    ['everything, oldest first', { order: 'oldest' }, ['first', 'second', 'third']],
    ['a piece, oldest first', { query: 'fe', order: 'oldest' }, ['third']],
    ['of a kind', { kind: 'document' }, ['second']],
    ['of an origin', { origin: 'spoken' }, ['third']],
    ['of a chat', { session_id: sessionId('s1') }, ['second']],
    ['of a time', { from_ms: 10, to_ms: 20 }, ['first']],
    ['a word of the text', { query: 'quokkas' }, ['second']],
    ['a word of the text that is being typed', { query: 'quok' }, ['second']],
    ['words of name and text together', { query: 'invoice total' }, ['second']],
    ['script without spaces', { query: '京都' }, ['second']],
    ['the middle of a name', { query: 'voice_20' }, ['second']],
    ['a name without its accents', { query: 'resume' }, ['first']],
    ['an accent that is not there', { query: 'tálk' }, ['third']],
    ['a type', { query: 'audio/' }, ['third']],
    ['a digest in any case', { query: 'abc12' }, ['first']],
    ['an id', { query: 'THIRD' }, ['third']],
    ['two letters in the middle', { query: 'lk' }, ['third']],
    ['signs', { query: '-0' }, ['second']],
    ['a piece and a filter', { query: 'fe', kind: 'audio' }, ['third']],
    ['a word and a time', { query: 'quokkas', to_ms: 20 }, []],
    ['quotes and syntax are text', { query: '"AND (' }, []],
    ['signs that are in nothing', { query: '\u0000%_' }, []],
    ['nothing but spaces', { query: '  ' }, ['third', 'second', 'first']],
    ['a word that is nowhere', { query: 'xylophone' }, []],
  ])('%s', (_, query, expected) => {
    const store = library()
    expect(named(store, query)).toEqual(expected)
    expect(store.assets.list({ limit: 1, ...query })).toMatchObject({
      total: expected.length,
      has_more: expected.length > 1,
    })
  })

  it('goes page by page without a gap, also where many were made at once', () => {
    const store = memoryStore()
    const all = Array.from({ length: 2_345 }, (_, at) => `x${String(at).padStart(5, '0')}`)
    for (const [at, id] of all.entries())
      store.assets.add(
        anAsset(id, { created_at_ms: Math.floor(at / 10), search_text: at % 2 ? 'odd' : 'even' }),
      )
    const expected = { oldest: all, newest: all.toReversed() }
    const isOdd = (id: string) => Number(id.slice(1)) % 2 === 1
    for (const order of ['newest', 'oldest'] as const) {
      for (const query of [undefined, 'x0', 'odd', 'txt', '.t']) {
        const seen: string[] = []
        for (let before: Parameters<Store['assets']['list']>[0]['before']; ;) {
          const page = store.assets.list({
            limit: 500,
            order,
            ...(query ? { query } : {}),
            ...(before ? { before } : {}),
          })
          seen.push(...page.assets.map(({ asset_id }) => asset_id))
          expect(page.total).toBe(query === 'odd' ? 1_172 : 2_345)
          before = page.assets.at(-1)
          if (!page.has_more) break
        }
        expect(seen).toEqual(expected[order].filter((id) => query !== 'odd' || isOdd(id)))
      }
    }
  })

  it('everything by id, in pages', () => {
    const store = library()
    expect(store.assets.page(undefined, 2).map(({ view }) => view.asset_id)).toEqual(['first', 'second'])
    expect(store.assets.page(assetId('second'), 2).map(({ view }) => view.asset_id)).toEqual(['third'])
    expect(store.assets.counts()).toEqual({ assets: 3 })
  })
})
