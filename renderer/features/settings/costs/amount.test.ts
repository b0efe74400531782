import { expect, test } from 'vitest'
import { parseAmount } from './amount'

test.each([
  ['5', 'en-US', 5],
  ['2.50', 'en-US', 2.5],
  ['2,50', 'en-US', 2.5],
  ['$ 7', 'en-US', 7],
  ['1,000', 'en-US', 1_000],
  ['1,000.25', 'en-US', 1_000.25],
  ['2,50', 'de-DE', 2.5],
  ['2.50', 'de-DE', 2.5],
  ['1.000', 'de-DE', 1_000],
  ['1.000,25', 'de-DE', 1_000.25],
  ['.5', 'en-US', 0.5],
  ['0', 'en-US', undefined],
  ['', 'en-US', undefined],
  [',', 'de-DE', undefined],
  ['-1', 'en-US', undefined],
  ['1e3', 'en-US', undefined],
  ['five', 'en-US', undefined],
  ['1,2,3', 'en-US', undefined],
  ['2000000', 'en-US', undefined],
])('%j in %s is %s', (text, locale, usd) => {
  expect(parseAmount(text, locale)).toBe(usd)
})
