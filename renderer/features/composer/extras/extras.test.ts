import type { ModelView } from '@contract/models'
import { expect, test } from 'vitest'
import { extrasKey, extrasOf } from './extras'

const view = (makes: readonly string[]): ModelView => ({
  id: 'a/b',
  name: 'B',
  input_modalities: ['text'],
  output_modalities: makes,
  supports: [],
  is_free: false,
})

test.each([
  ['words alone', 'a/b', ['text'], {}, []],
  ['a model nobody knows', 'a/b', undefined, {}, []],
  ['pictures out', 'a/b', ['text', 'image'], {}, ['pictures']],
  ['the web plugin', 'a/b:online', ['text'], {}, ['web']],
  ['some thought', 'a/b', ['text'], { reasoning_effort: 'medium' }, []],
  ['long thought', 'a/b', ['text'], { reasoning_effort: 'high' }, ['reasoning']],
  ['all of it', 'a/b:online', ['image'], { reasoning_effort: 'max' }, ['pictures', 'web', 'reasoning']],
] as const)('%s', (_what, model, makes, generation, kinds) => {
  const found = extrasOf({ model, view: makes && view(makes), generation })
  expect(found.map(({ kind }) => kind)).toEqual(kinds)
  expect(extrasKey(model, found)).toBe([model, ...kinds].join(' '))
})
