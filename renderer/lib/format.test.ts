import { expect, test } from 'vitest'
import {
  dayGroup,
  formatAgo,
  formatBytes,
  formatCompact,
  formatDuration,
  formatMonth,
  formatUsd,
} from './format'

const plain = (text: string): string => text.replaceAll(/[\u00a0\u202f]/g, ' ')

test.each([
  [0, '$0.00'],
  [0.00123, '$0.0012'],
  [0.05, '$0.05'],
  [3, '$3.00'],
  [12.5, '$12.50'],
  [0.0000001, '<$0.000001'],
])('money %d', (usd, words) => expect(formatUsd(usd, 'en-US')).toBe(words))

test('money in German', () => expect(plain(formatUsd(12.5, 'de-DE'))).toBe('12,50 $'))

test.each([
  [0, '0 ms'],
  [849.6, '850 ms'],
  [4230, '4.2 sec'],
  [65_000, '1 min 5 sec'],
  [3_725_000, '1 hr 2 min'],
])('duration %d', (ms, words) => expect(plain(formatDuration(ms, 'en-US'))).toBe(words))

test('compact numbers', () => {
  expect(formatCompact(128_000, 'en-US')).toBe('128K')
  expect(formatCompact(1_048_576, 'en-US')).toBe('1.05M')
})

test('how long ago', () => {
  const now = 1_700_000_000_000
  expect(formatAgo(now - 5_000, now, 'en')).toBe('now')
  expect(formatAgo(now - 3 * 3_600_000, now, 'en')).toBe('3 hours ago')
  expect(formatAgo(now - 86_400_000, now, 'en')).toBe('yesterday')
  expect(formatAgo(now - 3 * 3_600_000, now, 'de')).toBe('vor 3 Stunden')
})

test('chats are grouped by calendar days', () => {
  const now = new Date(2026, 2, 10, 0, 30).getTime()
  const at = (...when: [number, number, number, number]) => dayGroup(new Date(...when).getTime(), now)
  expect(at(2026, 2, 10, 0).kind).toBe('today')
  expect(dayGroup(now + 60_000, now).kind).toBe('today')
  expect(at(2026, 2, 9, 23).kind).toBe('yesterday')
  expect(at(2026, 2, 9, 0).kind).toBe('yesterday')
  expect(at(2026, 2, 8, 23).kind).toBe('previous_week')
  expect(at(2026, 2, 3, 0).kind).toBe('previous_week')
  expect(at(2026, 2, 2, 23)).toEqual({ kind: 'month', year: 2026, month: 2 })
  expect(at(2025, 11, 31, 12)).toEqual({ kind: 'month', year: 2025, month: 11 })
  expect(formatMonth(2025, 11, now, 'en')).toBe('December 2025')
  expect(formatMonth(2026, 0, now, 'de')).toBe('Januar')
})

test.each([
  [0, '0 bytes'],
  [1, '1 byte'],
  [512, '512 bytes'],
  [1_400, '1.4 kB'],
  [2_340_000, '2.34 MB'],
  [5e9, '5 GB'],
  [1e15, '1,000 TB'],
])('%d bytes', (bytes, words) => expect(plain(formatBytes(bytes, 'en-US'))).toBe(words))
