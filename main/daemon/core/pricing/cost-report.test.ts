import { test as property } from '@fast-check/vitest'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { calendar } from './calendar'
import type { CostSums, TimedSums } from './cost-report'
import { dayRows, keyRows, totalOf } from './cost-report'

const sums = (more: Partial<CostSums> = {}): CostSums => ({
  runs: 1,
  prompt_tokens: 0,
  completion_tokens: 0,
  reported: 0,
  estimated: 0,
  unavailable_runs: 0,
  ...more,
})
const at = (iso: string, more: Partial<CostSums> = {}): TimedSums => ({
  at_ms: Date.parse(iso),
  ...sums(more),
})

test('days are those of the zone, also when the clocks change', () => {
  const quarters = [
    at('2026-10-24T21:45Z'),
    at('2026-10-24T22:00Z'),
    // The 25th has 25 hours in Berlin.
    at('2026-10-25T22:45Z', { reported: 100_000_000 }),
    at('2026-10-25T22:45Z', { reported: 200_000_000 }),
    at('2026-10-25T23:00Z'),
  ]
  expect(
    dayRows(quarters, calendar('Europe/Berlin')).map((row) => [row.key, row.runs, row.reported_usd]),
  ).toEqual([
    ['2026-10-24', 1, 0],
    ['2026-10-25', 3, 0.3],
    ['2026-10-26', 1, 0],
  ])
  expect(dayRows(quarters, calendar('UTC')).map((row) => row.key)).toEqual(['2026-10-24', '2026-10-25'])
  expect(dayRows([], calendar('UTC'))).toEqual([])
})

test('everything else comes dearest first, under its label or its key', () => {
  const rows = keyRows([
    { key: 'cheap', label: '', ...sums({ reported: 1 }) },
    { key: 'b', ...sums() },
    { key: 'dear', label: 'Dear', ...sums({ reported: 2, estimated: 3 }) },
    { key: 'a', ...sums() },
    { key: 'often', ...sums({ runs: 9 }) },
  ])
  expect(rows.map((row) => [row.key, row.label])).toEqual([
    ['dear', 'Dear'],
    ['cheap', 'cheap'],
    ['often', 'often'],
    ['a', 'a'],
    ['b', 'b'],
  ])
})

const entries = fc.array(
  fc.record({
    at_ms: fc.integer({ min: 0, max: 400 }).map((days) => Date.UTC(2026, 0, 1) + days * 8_100_000),
    reported: fc.integer({ min: 0, max: 1e12 }),
  }),
  { maxLength: 40 },
)
property.prop([entries, fc.constantFrom('UTC', 'Asia/Kathmandu', 'America/Havana')])(
  'the days of every zone add up to the total',
  (all, zone) => {
    const quarters = all
      .map(({ at_ms, reported }) => ({ at_ms, ...sums({ reported }) }))
      .sort((a, b) => a.at_ms - b.at_ms)
    const rows = dayRows(quarters, calendar(zone))
    expect(new Set(rows.map((row) => row.key)).size).toBe(rows.length)
    expect(rows.map((row) => row.key)).toEqual(rows.map((row) => row.key).sort())
    expect(rows.reduce((sum, row) => sum + row.runs, 0)).toBe(all.length)
    const nano = (usd: number) => Math.round(usd * 1e9)
    expect(rows.reduce((sum, row) => sum + nano(row.reported_usd), 0)).toBe(
      nano(totalOf(quarters).reported_usd),
    )
  },
)
