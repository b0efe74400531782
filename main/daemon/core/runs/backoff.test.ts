import { expect, test } from 'vitest'
import { backoff, longestWait } from './backoff'

test.each([
  { retry: 0, after: undefined, chance: 0, ms: 500 },
  { retry: 0, after: undefined, chance: 1, ms: 1_000 },
  { retry: 1, after: undefined, chance: 1, ms: 2_000 },
  { retry: 1, after: undefined, chance: 0.5, ms: 1_500 },
  { retry: 0, after: 7_000, chance: 0.3, ms: 7_000 },
  { retry: 0, after: -5, chance: 0.3, ms: 0 },
  { retry: 0, after: longestWait + 1, chance: 0.3, ms: undefined },
  { retry: 2, after: undefined, chance: 0.3, ms: undefined },
  { retry: 2, after: 10, chance: 0.3, ms: undefined },
])('retry $retry, told $after, chance $chance: $ms ms', ({ retry, after, chance, ms }) => {
  expect(backoff(retry, after, chance)).toBe(ms)
})
