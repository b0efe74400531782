import type { SessionId } from '@contract/ids'
import type { SessionView } from '@contract/sessions'
import { expect, test } from 'vitest'
import { groupChats } from './chat-groups'
import { addPage, dropSession, placeSession } from './chat-order'
import { markPieces } from './mark-pieces'

const chat = (id: string, at: number, more: Partial<SessionView> = {}): SessionView => ({
  session_id: id as SessionId,
  title: id,
  created_at_ms: at,
  updated_at_ms: at,
  head_message_id: null,
  draft: '',
  activity: 'idle',
  unread: false,
  ...more,
})
const ids = (rows: readonly SessionView[]): string => rows.map((row) => row.session_id).join(' ')
const rows = [chat('c', 30), chat('b', 20), chat('a', 10)]

test('a chat with news moves up, others stay', () => {
  expect(ids(placeSession(rows, chat('a', 25), false))).toBe('c a b')
  expect(ids(placeSession(rows, chat('new', 40), false))).toBe('new c b a')
  expect(ids(placeSession(rows, chat('old', 1), false))).toBe('c b a old')
  expect(ids(placeSession(rows, chat('old', 1), true))).toBe('c b a')
  expect(ids(placeSession(rows, chat('b2', 20), false))).toBe('c b2 b a')
})

test('a chat that only changed keeps its place', () => {
  const next = placeSession(rows, chat('b', 20, { title: 'renamed', activity: 'running' }), false)
  expect(ids(next)).toBe('c b a')
  expect(next[1]?.title).toBe('renamed')
  expect(next[0]).toBe(rows[0])
})

test('a page brings only what is not there', () => {
  expect(ids(addPage(rows, [chat('a', 10), chat('z', 5)]))).toBe('c b a z')
  expect(ids(dropSession(rows, 'b' as SessionId))).toBe('c a')
})

test('headings stand where the day changes', () => {
  const now = new Date(2026, 4, 20, 12).getTime()
  const day = 86_400_000
  const list = [chat('t1', now), chat('t2', now - 1000), chat('y', now - day), chat('m', now - 60 * day)]
  const said = groupChats(list, now).map((row) => (row.kind === 'heading' ? row.key : row.session.session_id))
  expect(said).toEqual(['# today', 't1', 't2', '# yesterday', 'y', '# 2026-2', 'm'])
})

test('5,000 chats are grouped inside a frame', () => {
  const many = Array.from({ length: 5000 }, (_, at) => chat(`s${at}`, 1_790_000_000_000 - at * 3_600_000))
  groupChats(many, 1_790_000_000_000)
  const started = performance.now()
  placeSession(groupChats(many, 1_790_000_000_000) && many, chat('s4999', 1_790_000_000_001), false)
  expect(performance.now() - started).toBeLessThan(50)
})

test('marks cut an excerpt into pieces, also when they touch or overlap', () => {
  expect(markPieces('one two three', [[4, 7]])).toEqual([
    { text: 'one ', isMarked: false },
    { text: 'two', isMarked: true },
    { text: ' three', isMarked: false },
  ])
  expect(
    markPieces('abc', [
      [0, 2],
      [1, 9],
    ]).map((piece) => piece.text),
  ).toEqual(['ab', 'c'])
  expect(markPieces('abc', [])).toEqual([{ text: 'abc', isMarked: false }])
})
