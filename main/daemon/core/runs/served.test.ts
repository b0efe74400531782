import { expect, test } from 'vitest'
import { billedModel } from './served'

const receipt = (served_model?: string) => ({
  route_id: 'r',
  model: 'a/b',
  cost: { basis: 'unavailable' } as const,
  ...(served_model === undefined ? {} : { served_model }),
})

test.each<[model: string, fallbacks: string[], served: string | undefined, billed: string]>([
  ['a/b', [], undefined, 'a/b'],
  ['a/b', [], 'a/b', 'a/b'],
  ['a/b', [], 'a/b-2026-03-01', 'a/b'],
  ['a/b:free', ['c/d'], 'a/b', 'a/b:free'],
  ['a/b', ['c/d'], 'c/d-20260301', 'c/d'],
  ['openrouter/auto', [], 'c/d', 'c/d'],
  ['~a/b-latest', [], 'a/b-7', 'a/b-7'],
  ['a/b', [], 'e/f', 'e/f'],
])('%s with fallbacks %j, served as %s, is paid as %s', (model, fallback_models, served, billed) => {
  expect(billedModel({ model, fallback_models, receipt: receipt(served) })).toBe(billed)
})

test('a run that nobody answered is counted under what was asked', () => {
  expect(billedModel({ model: 'a/b' })).toBe('a/b')
})
