import type { AssetId } from '@contract/ids'
import { expect, test } from 'vitest'
import { readInput } from './input'

test('content becomes one text part, its white space untouched', () => {
  expect(readInput({ content: '  hi\n' })).toEqual([{ kind: 'text', text: '  hi\n' }])
})

test('items keep their order; blank ones are dropped; blank content beside them does not count', () => {
  const items = [
    { type: 'text', text: 'b' },
    { type: 'text', text: ' ' },
    { type: 'text', text: 'a' },
  ] as const
  expect(readInput({ content: ' \n', input_items: [...items] })).toEqual([
    { kind: 'text', text: 'b' },
    { kind: 'text', text: 'a' },
  ])
})

test.each([
  [
    'both shapes',
    { content: 'a', input_items: [{ type: 'text' as const, text: 'b' }] },
    'input_shape_conflict',
  ],
  ['both shapes, no item', { content: 'a', input_items: [] }, 'input_shape_conflict'],
  ['nothing', {}, 'input_empty'],
  ['blank', { content: ' \n\t' }, 'input_empty'],
  ['only blank items', { input_items: [{ type: 'text' as const, text: ' ' }] }, 'input_empty'],
  [
    'an asset',
    { input_items: [{ type: 'asset_reference' as const, asset_id: 'a' as AssetId }] },
    'capability_unsupported',
  ],
])('%s is refused', (_name, request, code) => {
  expect(() => readInput(request)).toThrow(
    expect.objectContaining({ fault: expect.objectContaining({ code }) }),
  )
})
