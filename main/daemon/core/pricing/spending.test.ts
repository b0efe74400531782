import { expect, test } from 'vitest'
import { calendar } from './calendar'
import { toNanoUsd } from './money'
import { refusalOf, spendingOf, spendingSpan } from './spending'

const span = { from_ms: 1, to_ms: 2 }
const refused = (usd: number | null, spent: number) =>
  refusalOf(spendingOf(usd === null ? null : { period: 'day', usd }, toNanoUsd(spent), span)) !== undefined

test.each<[limit: number | null, spent: number, isRefused: boolean]>([
  [null, 1_000, false],
  [1, 0, false],
  [1, 0.999_999_999, false],
  [1, 1, true],
  [0.3, 0.1 + 0.2, true],
  [0.000_001, 0.000_001, true],
  [5, 7, true],
])('with a limit of %d, %d spent is refused: %s', (limit, spent, isRefused) => {
  expect(refused(limit, spent)).toBe(isRefused)
})

test('the refusal says how much, and until when', () => {
  expect(refusalOf(spendingOf({ period: 'month', usd: 2 }, 3e9, span))).toMatchObject({
    code: 'spending_limit_reached',
    status: 409,
    period: 'month',
    limit_usd: 2,
    spent_usd: 3,
    resets_at_ms: 2,
  })
})

test('without a limit the month is what is looked at', () => {
  const now = Date.UTC(2026, 1, 14)
  const month = { from_ms: Date.UTC(2026, 1, 1), to_ms: Date.UTC(2026, 2, 1) }
  expect(spendingSpan(null, now, calendar('UTC'))).toEqual(month)
  expect(spendingSpan({ period: 'month', usd: 1 }, now, calendar('UTC'))).toEqual(month)
  expect(spendingSpan({ period: 'day', usd: 1 }, now, calendar('UTC'))).toEqual({
    from_ms: now,
    to_ms: now + 86_400_000,
  })
})
