import { describe, expect, test } from 'vitest'
import { durationOf, moneyOf, sizeOf, timeOf } from './figures'
import { cut, oneLine, widthOf, type Look } from './look'
import { facts, table } from './table'
import { plain } from './testing'

const rows = [
  { id: 'a', title: '日本語のタイトル', cost: '$1' },
  { id: 'longer', title: 'a\nb\u001b[2J 👩‍👩‍👧 é', cost: '$10.25' },
]
const columns = [
  { head: 'ID', of: (row: (typeof rows)[number]) => row.id },
  { head: 'TITLE', of: (row: (typeof rows)[number]) => row.title, isFlexible: true },
  { head: 'COST', of: (row: (typeof rows)[number]) => row.cost, isNumber: true },
]
const shown = (look: Partial<Look>) =>
  table({ ...plain, ...look }, columns, rows, 'none')
    .split('\n')
    .slice(0, -1)

describe('a table', () => {
  test('is aligned by what a terminal shows, whatever the letters', () => {
    const lines = shown({})
    expect(lines[0]).toBe('ID      TITLE               COST')
    expect(lines.map(widthOf)).toEqual([32, 32, 32])
  })

  test('fits the screen: the flexible column gives way, no letter is halved', () => {
    const lines = shown({ columns: 30 })
    expect(lines.map(widthOf)).toEqual([30, 30, 30])
    expect(lines[1]).toContain('日本語のタイ')
    expect(shown({ columns: 5 }).every((line) => widthOf(line) >= 12)).toBe(true)
  })

  test('has nothing in it that moves the cursor, and colours only where they are seen', () => {
    const text = table(plain, columns, rows, 'none')
    expect(text.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u)
    expect(shown({ hasColour: true })[0]).toBe(`\u001b[2m${shown({})[0]}\u001b[22m`)
    expect(facts({ ...plain, hasColour: true }, [['a', 'b']])).toBe('\u001b[2ma\u001b[22m  b\n')
  })

  test('says so when there is nothing', () => {
    expect(table(plain, columns, [], 'no rows')).toBe('no rows\n')
  })
})

test('a line keeps to its line', () => {
  expect(oneLine('a\r\n\tb\u2028c\u202ed')).toBe('a b c d')
  expect(cut('日本語', 4)).toBe('日…')
  expect(cut('abc', 3)).toBe('abc')
})

test('figures as a person reads them', () => {
  expect([0, 1_023, 1_024, 15_000, 3 * 1_024 ** 3].map(sizeOf)).toEqual([
    '0 B',
    '1023 B',
    '1.0 KiB',
    '15 KiB',
    '3.0 GiB',
  ])
  expect([12, 1_500, 90_000, 3_660_000, 200_000_000].map(durationOf)).toEqual([
    '12 ms',
    '1.5 s',
    '2 min',
    '1 h 1 min',
    '2 d 7 h',
  ])
  expect([0, 0.000_123, 12.345].map(moneyOf)).toEqual(['$0', '$0.000123', '$12.35'])
  expect(timeOf({ ...plain, timeZone: 'Asia/Tokyo' }, Date.UTC(2026, 10, 23, 20, 0, 1))).toBe(
    '2026-11-24 05:00:01',
  )
})
