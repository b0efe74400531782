import { expect, it } from 'vitest'
import type { Prices } from './estimate'
import { estimateCost, roughTokens } from './estimate'

const prices: Prices = { prompt_usd_per_million: 2, completion_usd_per_million: 10 }
const unavailable = { basis: 'unavailable' }

it.each<[string, Prices | undefined, number, number, unknown]>([
  ['both counts', prices, 1_000_000, 500_000, { basis: 'estimated', usd: 7 }],
  [
    'a free model',
    { prompt_usd_per_million: 0, completion_usd_per_million: 0 },
    10,
    10,
    { basis: 'estimated', usd: 0 },
  ],
  ['nothing used', undefined, 0, 0, { basis: 'estimated', usd: 0 }],
  [
    'an unknown price that does not count',
    { prompt_usd_per_million: 2 },
    1_000_000,
    0,
    { basis: 'estimated', usd: 2 },
  ],
  ['an unknown model', undefined, 10, 10, unavailable],
  ['an unknown price', { prompt_usd_per_million: 2 }, 10, 10, unavailable],
  ['a negative price', { ...prices, prompt_usd_per_million: -1_000_000 }, 10, 10, unavailable],
  [
    'a price without end',
    { ...prices, prompt_usd_per_million: Number.POSITIVE_INFINITY },
    10,
    10,
    unavailable,
  ],
  ['a price that is no number', { ...prices, prompt_usd_per_million: Number.NaN }, 10, 10, unavailable],
  ['a negative count', prices, -1, 10, unavailable],
  ['a count that is no number', prices, Number.NaN, 10, unavailable],
])('%s', (_name, known, prompt_tokens, completion_tokens, cost) => {
  expect(estimateCost(known, { prompt_tokens, completion_tokens })).toEqual(cost)
})

it('takes four characters for a token', () => {
  expect(['', 'a', 'abcd', 'abcde'].map(roughTokens)).toEqual([0, 1, 1, 2])
})
