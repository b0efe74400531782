import { fc, test } from '@fast-check/vitest'
import type { Store } from '../ports/store'
import { describe, expect, it } from 'vitest'
import { aMessage, memoryStore, messageId, sessionId } from './sample'

/** One chat for each title, with one message for each text. */
function library(chats: Record<string, readonly string[]>): Store {
  const store = memoryStore()
  let at = 0
  for (const [title, texts] of Object.entries(chats)) {
    const session_id = sessionId(title)
    store.sessions.create({ session_id, title, at_ms: (at += 1) })
    for (const text of texts) {
      const parts = [{ kind: 'text' as const, text }]
      store.messages.add(aMessage(text.slice(0, 60), { session_id, parts, created_at_ms: (at += 1) }))
    }
    store.sessions.update(session_id, { updated_at_ms: at })
  }
  return store
}
const find = (store: Store, query: string, limit = 50) => store.search.search({ query, limit })
const marked = (store: Store, query: string) =>
  find(store, query).map(({ excerpt, marks }) => marks.map(([from, upto]) => excerpt.slice(from, upto)))

describe('search', () => {
  it('finds words newest first, marks them and knows where they were said', () => {
    const store = library({ First: ['An old tower'], Second: ['The tower of a new town'] })
    expect(find(store, 'tower')).toEqual([
      {
        session_id: 'Second',
        message_id: 'The tower of a new town',
        title: 'Second',
        at_ms: 4,
        role: 'user',
        excerpt: 'The tower of a new town',
        marks: [[4, 9]],
      },
      expect.objectContaining({ session_id: 'First', at_ms: 2 }),
    ])
  })

  it.each([
    ['last word unfinished', 'An old tower', 'old tow', ['old', 'tow']],
    ['every word must be there', 'An old tower', 'old xtower', undefined],
    ['accents', 'Mein Résumé', 'resume', ['Résumé']],
    ['accents of their own', 'Mein Re\u0301sume\u0301!', 'résumé', ['Re\u0301sume\u0301']],
    ['case', 'STRASSE über', 'ÜBER strasse', ['STRASSE', 'über']],
    ['short Han', '昨日は京都タワーに行きました', '京都', ['京都']],
    ['Han in the middle', '昨日は京都タワーに行きました', 'タワーに', ['タワーに']],
    ['Thai', 'ฉันรักภาษาไทยมาก', 'ภาษา', ['ภาษา']],
    ['Hangul', '안녕하세요 세계', '안녕', ['안녕']],
    ['the middle of a word', 'call handleClick()', 'leCli', ['leCli']],
    ['the middle of several words', 'call handleClick() twice', 'wic leCli', ['leCli', 'wic']],
    ['signs', 'a => b', '=>', ['=>']],
    ['signs with a backslash and quotes', 'path "C:\\new_dir" 100%', 'C:\\new_', ['C:\\new']],
    ['a wildcard is a sign', 'plain', '%', undefined],
    ['dotted names are a phrase', 'see user.name here', 'user.na', ['user.na']],
    ['dotted names are not two words', 'user has a name', 'user.name', undefined],
    ['emoji', 'well done 🎉🎉', '🎉', ['🎉', '🎉']],
    ['search syntax is text', 'this AND that OR (those)', 'AND OR (', ['AND', 'OR', '(']],
    ['quotes are text', 'say "hello" twice', '"hello" tw', ['hello', 'tw']],
    ['nothing there', 'something', 'xylophone', undefined],
  ])('%s', (_, text, query, expected) => {
    expect(marked(library({ '': [text] }), query)).toEqual(expected ? [expected] : [])
  })

  it('finds titles, also in the middle of their words', () => {
    const store = library({ 'Trip to Kyōto': [], 'Other plans': ['kyoto in spring'] })
    expect(find(store, 'yoto').map(({ role, title }) => [role, title])).toEqual([
      ['user', 'Other plans'],
      ['title', 'Trip to Kyōto'],
    ])
    expect(find(store, 'kyoto')[1]).toMatchObject({
      message_id: null,
      excerpt: 'Trip to Kyōto',
      marks: [[8, 13]],
    })
  })

  it('keeps room for titles among many mentions', () => {
    const texts = Array.from({ length: 30 }, (_, at) => `tower number ${at}`)
    const store = library({ 'Tower of old': [], Chat: texts })
    const hits = find(store, 'tower', 10)
    expect(hits).toHaveLength(10)
    expect(hits.at(-1)?.role).toBe('title')
    expect(hits[0]?.excerpt).toBe('tower number 29')
  })

  it('stays inside one session when asked', () => {
    const store = library({ tower: ['tower here'], other: ['tower there', 'xtowerx'] })
    const inside = (session: string, query: string) =>
      store.search.search({ query, session_id: sessionId(session), limit: 9 }).map((hit) => hit.excerpt)
    expect(inside('tower', 'tower')).toEqual(['tower here'])
    expect(inside('other', 'towerx')).toEqual(['xtowerx'])
    expect(inside('tower', 'towerx')).toEqual([])
  })

  it('forgets a deleted session at once and finds it again when it is back', () => {
    const store = library({ Gone: ['tower'] })
    store.sessions.markDeleted(sessionId('Gone'), 99)
    expect(find(store, 'tower')).toEqual([])
    expect(find(store, 'owe')).toEqual([])
    expect(find(store, 'gone')).toEqual([])
    store.sessions.restore(sessionId('Gone'))
    expect(find(store, 'tower')).toHaveLength(1)
  })

  it('knows an answer once it is settled, and never its reasoning or its tools', () => {
    const store = library({ Chat: [] })
    const id = messageId('a')
    store.messages.add(aMessage('a', { session_id: sessionId('Chat'), role: 'assistant', parts: [] }))
    store.messages.appendBatches([
      {
        id,
        batch: {
          from: 1,
          upto: 3,
          deltas: [
            { at: 'part', part: { kind: 'reasoning', text: 'pondering towers', details: [] } },
            { at: 'part', part: { kind: 'text', text: 'A lighthouse ' } },
            { at: 'text', place: 1, add: 'it is.' },
          ],
        },
      },
    ])
    expect(find(store, 'lighthouse')).toEqual([])
    store.messages.settle(id)
    store.messages.settle(id)
    expect(marked(store, 'lighthouse it')).toEqual([['lighthouse', 'it']])
    expect(find(store, 'pondering')).toEqual([])
  })

  it('shows the stretch of a long text that matches best', () => {
    const filler = 'nothing to see here '.repeat(200)
    const store = library({ '': [`${filler}tower ${filler}\nthe old\ttower stands ${filler}`] })
    const [hit] = find(store, 'old tower')
    expect(hit?.excerpt).toContain(' the old tower stands ')
    expect(hit?.excerpt).toMatch(/^….{1,162}…$/u)
    expect(marked(store, 'old tower')[0]).toEqual(['old', 'tower'])
  })

  const anything = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 30 }),
    fc.string({ unit: 'grapheme', maxLength: 30 }),
    fc.stringMatching(/^[ "'*()^:+\-ANDORTE\\%_.]{0,30}$/),
  )
  test.prop([anything, anything, anything])(
    'takes any query without throwing, and its marks fit',
    (a, b, query) => {
      const store = library({ [`t${a}`.slice(0, 50)]: [`${a} ${query} ${b}`, `${b}${a}`] })
      for (const { excerpt, marks } of find(store, query)) {
        let last = 0
        for (const [from, upto] of marks) {
          expect(from).toBeGreaterThanOrEqual(last)
          expect(upto).toBeGreaterThan(from)
          last = upto
        }
        expect(last).toBeLessThanOrEqual(excerpt.length)
      }
    },
  )
})
