import type { AssetReference, AssetRow } from '@contract/assets'
import type { AssetId, SessionId } from '@contract/ids'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { dayGroup } from '../../lib/format'
import { addPage, dropAsset, placeAsset, renewTop } from './asset-order'
import { gridKeys, gridLines, lineOf, moveInGrid } from './grid-lines'
import { holdersOf } from './holders'
import { belongs, isNarrowed, listInput, noFilter } from './library-filter'
import { row } from './sample-rows'

const ids = (rows: readonly AssetRow[]): string => rows.map(({ asset_id }) => asset_id).join(' ')
const rows = [row('c', 30), row('b', 20), row('a', 10)]
const now = new Date(2026, 4, 20, 12).getTime()
const day = 86_400_000

test('a new asset comes where it belongs, one that changed stays, one past the loaded part waits', () => {
  expect(ids(placeAsset(rows, row('d', 40), 'newest', true))).toBe('d c b a')
  expect(ids(placeAsset(rows, row('b2', 20), 'newest', true))).toBe('c b2 b a')
  expect(ids(placeAsset(rows, row('old', 1), 'newest', true))).toBe('c b a')
  expect(ids(placeAsset(rows, row('old', 1), 'newest', false))).toBe('c b a old')
  expect(placeAsset(rows, row('b', 20, { file_name: 'new.png' }), 'newest', true)[1]?.file_name).toBe(
    'new.png',
  )
  expect(ids(dropAsset(rows, 'b' as AssetId))).toBe('c a')
  expect(dropAsset(rows, 'x' as AssetId)).toBe(rows)
})

test('a page brings only what is not there; a first page asked anew has the last word on its stretch', () => {
  expect(ids(addPage(rows, [row('a', 10), row('z', 5)]))).toBe('c b a z')
  expect(ids(renewTop(rows, [row('e', 50), row('b', 20)], 'newest', true))).toBe('e b a')
  expect(ids(renewTop(rows, [row('e', 50)], 'newest', false))).toBe('e')
  expect(renewTop(rows, [], 'newest', false)).toEqual([])
  const up = rows.toReversed()
  expect(ids(placeAsset(up, row('b2', 20), 'oldest', true))).toBe('a b b2 c')
  expect(ids(placeAsset(up, row('d', 40), 'oldest', true))).toBe('a b c')
  expect(ids(renewTop(up, [row('a', 10), row('b', 20)], 'oldest', true))).toBe('a b c')
})

test('every asset stands under the group of its own day, in either order', () => {
  const moment = fc.integer({ min: now - 200 * day, max: now + day })
  fc.assert(
    fc.property(
      fc.array(moment, { minLength: 1 }),
      fc.boolean(),
      fc.nat({ max: 5 }),
      (moments, isUp, more) => {
        const sorted = moments.toSorted((a, b) => (isUp ? a - b : b - a))
        const lines = gridLines(
          sorted.map((created_at_ms) => ({ created_at_ms })),
          1 + more,
          now,
        )
        let group: unknown
        let counted = 0
        for (const line of lines) {
          if (line.kind === 'heading') group = line.group
          else
            for (const ms of sorted.slice(line.from, line.from + line.count)) {
              counted++
              expect(dayGroup(ms, now)).toEqual(group)
            }
        }
        expect(counted).toBe(sorted.length)
        expect(new Set(lines.map(({ key }) => key)).size).toBe(lines.length)
      },
    ),
  )
})

test('filters say only what narrows, by local calendar days', () => {
  expect(listInput(noFilter, now)).toEqual({})
  expect(isNarrowed({ ...noFilter, query: '  ' })).toBe(false)
  const filter = {
    query: ' fox ',
    kind: 'image',
    origin: 'edited',
    session_id: 's1' as SessionId,
    date: 'week',
    order: 'oldest',
  } as const
  expect(listInput(filter, now)).toEqual({
    query: 'fox',
    kind: 'image',
    origin: 'edited',
    session_id: 's1',
    from_ms: new Date(2026, 4, 14).getTime(),
    order: 'oldest',
  })
  const from = (date: 'today' | 'month' | 'year') => listInput({ ...noFilter, date }, now).from_ms
  expect(from('today')).toBe(new Date(2026, 4, 20).getTime())
  expect(from('month')).toBe(new Date(2026, 3, 21).getTime())
  expect(from('year')).toBe(new Date(2026, 0, 1).getTime())
})

test.each([
  [{}, true],
  [{ kind: 'image' }, true],
  [{ kind: 'audio' }, false],
  [{ origin: 'generated' }, false],
  [{ date: 'today' }, true],
] as const)('whether a new one belongs: %o', (change, is) => {
  expect(belongs({ ...noFilter, ...change }, row('a', now), now)).toBe(is)
  expect(belongs({ ...noFilter, date: 'today' }, row('a', now - day), now)).toBe(false)
})

test('lines are cut where the day changes', () => {
  const list = [0, 1, 2, day, day, 60 * day].map((back) => row(`x${back}`, now - back))
  expect(gridLines(list, 2, now).map((line) => (line.kind === 'heading' ? line.key : line.count))).toEqual([
    '# today',
    2,
    1,
    '# yesterday',
    2,
    '# 2026-2',
    1,
  ])
})

const grid = gridLines(
  [0, 1, 2, 3, 4, day, day + 1, 60 * day].map((back) => row(`x${back}`, now - back)),
  3,
  now,
)
test.each([
  ['ArrowRight', 2, 3],
  ['ArrowLeft', 0, 0],
  ['ArrowDown', 1, 4],
  // The line below is shorter: its last one.
  ['ArrowDown', 2, 4],
  ['ArrowDown', 4, 6],
  ['ArrowUp', 6, 4],
  ['ArrowUp', 1, 1],
  ['ArrowDown', 7, 7],
  ['PageDown', 0, 5],
  ['PageUp', 7, 3],
  ['Home', 5, 0],
  ['End', 0, 7],
] as const)('%s from %i leads to %i', (key, from, to) => {
  expect(moveInGrid(grid, from, key, 2)).toBe(to)
})

test('every asset is in exactly one line, is found there, and no key leads out of the list', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 90 }), { minLength: 1, maxLength: 60 }),
      fc.integer({ min: 1, max: 7 }),
      (days, columns) => {
        const list = days.sort((a, b) => a - b).map((back) => ({ created_at_ms: now - back * day }))
        const lines = gridLines(list, columns, now)
        const placed = lines.flatMap((line) =>
          line.kind === 'assets' ? Array.from({ length: line.count }, (_, at) => line.from + at) : [],
        )
        expect(placed).toEqual(list.map((_, at) => at))
        for (const at of placed) {
          const line = lines[lineOf(lines, at)]
          expect(line?.kind === 'assets' && at >= line.from && at < line.from + line.count).toBe(true)
          for (const key of gridKeys) expect(placed).toContain(moveInGrid(lines, at, key, 3))
        }
      },
    ),
    { numRuns: 60 },
  )
})

test('who needs it: each chat once and at a message, sources, drafts; mentions are nobody', () => {
  const reference = (more: Partial<AssetReference>): AssetReference => ({
    domain: 'session_message',
    owner_id: 'm1',
    role: 'input',
    hard: true,
    parent_id: 's1',
    title: 'Trip',
    ...more,
  })
  expect(
    holdersOf([
      reference({ domain: 'run_input', owner_id: 'r1' }),
      reference({}),
      reference({ owner_id: 'm2' }),
      reference({ domain: 'session_draft', owner_id: 's2', role: 'draft', title: '' }),
      reference({ domain: 'asset_provenance', owner_id: 'a9', role: 'source', title: 'fox.png' }),
      reference({ owner_id: 'm9', parent_id: 's9', hard: false }),
    ]),
  ).toEqual([
    { kind: 'chat', session_id: 's1', message_id: 'm1', title: 'Trip', isDraft: false },
    { kind: 'chat', session_id: 's2', message_id: null, title: '', isDraft: true },
    { kind: 'asset', asset_id: 'a9', title: 'fox.png' },
  ])
})
