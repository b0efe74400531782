import { describe, expect, test } from 'vitest'
import { dayWords, everyDay, niceTop } from './cost-days'

const row = {
  key: '2026-03-29',
  label: '2026-03-29',
  runs: 2,
  prompt_tokens: 1,
  completion_tokens: 1,
  reported_usd: 1,
  estimated_usd: 0,
  unavailable_runs: 0,
}

describe('everyDay', () => {
  test('fills the days without a run, the last one only when it has begun', () => {
    const days = everyDay([row], new Date(2026, 2, 28).getTime(), new Date(2026, 2, 31, 9).getTime())
    expect(days.map((day) => [day.key, day.runs])).toEqual([
      ['2026-03-28', 0],
      ['2026-03-29', 2],
      ['2026-03-30', 0],
      ['2026-03-31', 0],
    ])
    expect(everyDay([], new Date(2026, 2, 28).getTime(), new Date(2026, 2, 29).getTime())).toHaveLength(1)
  })
  test('has every day of a year once, whatever the clock does', () => {
    const days = everyDay([], new Date(2026, 0, 1).getTime(), new Date(2027, 0, 1).getTime())
    expect(new Set(days.map((day) => day.key)).size).toBe(365)
  })
})

test.each([
  [0, 0.01],
  [0.004, 0.01],
  [0.011, 0.02],
  [0.5, 0.5],
  [0.51, 1],
  [1, 1],
  [3.2, 5],
  [51, 100],
  [Number.NEGATIVE_INFINITY, 0.01],
])('the axis for %f ends at %f', (value, top) => {
  expect(niceTop(value)).toBeCloseTo(top, 6)
})

test('a day is written as a person writes it', () => {
  expect(dayWords('2026-11-23', 'en-US')).toBe('Nov 23')
  expect(dayWords('2026-11-23', 'de-DE')).toBe('23. Nov.')
})
