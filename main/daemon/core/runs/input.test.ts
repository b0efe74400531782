import type { AssetId } from '@contract/ids'
import { fc, test as property } from '@fast-check/vitest'
import { expect, test } from 'vitest'
import { isBase64 } from './base64'
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

const reference = (id: string) => ({ type: 'asset_reference' as const, asset_id: id as AssetId })
const inline = (more: object = {}) => ({
  type: 'inline_asset' as const,
  file_name: 'a.txt',
  content_base64: 'aGk=',
  ...more,
})

test('the older shape: text, then attachments in their order', () => {
  expect(readInput({ content: 'hi', attachments: [reference('b'), inline(), reference('a')] })).toEqual([
    { kind: 'text', text: 'hi' },
    { kind: 'asset', asset_id: 'b' },
    { kind: 'inline', file_name: 'a.txt', content_base64: 'aGk=' },
    { kind: 'asset', asset_id: 'a' },
  ])
  expect(readInput({ content: ' ', attachments: [reference('a')] })).toHaveLength(1)
})

test('the ordered shape: exactly as given, the same file twice too', () => {
  const items = [reference('a'), { type: 'text' as const, text: 'and' }, reference('a')]
  expect(readInput({ input_items: items, attachments: [] }).map((part) => part.kind)).toEqual([
    'asset',
    'text',
    'asset',
  ])
})

const text = (said: string) => ({ type: 'text' as const, text: said })
test.each([
  ['both shapes', { content: 'a', input_items: [text('b')] }, 'input_shape_conflict'],
  ['both shapes, no item', { content: 'a', input_items: [] }, 'input_shape_conflict'],
  [
    'items and an attachment',
    { input_items: [text('b')], attachments: [reference('a')] },
    'input_shape_conflict',
  ],
  ['text among attachments', { content: 'a', attachments: [text('b')] }, 'input_shape_conflict'],
  ['nothing', {}, 'input_empty'],
  ['blank', { content: ' \n\t' }, 'input_empty'],
  ['only blank items', { input_items: [text(' ')] }, 'input_empty'],
  ['no attachment', { attachments: [] }, 'input_empty'],
  ['a file without a name', { attachments: [inline({ file_name: ' ' })] }, 'inline_asset_invalid'],
  ['a file without content', { input_items: [inline({ content_base64: ' ' })] }, 'inline_asset_invalid'],
  ['a data URL', { input_items: [inline({ content_base64: 'data:,aGk=' })] }, 'inline_asset_invalid'],
  ['a line end', { input_items: [inline({ content_base64: 'aGk=\n' })] }, 'inline_asset_invalid'],
])('%s is refused', (_name, request, code) => {
  expect(() => readInput(request)).toThrow(
    expect.objectContaining({ fault: expect.objectContaining({ code }) }),
  )
})

property.prop([fc.uint8Array()])('what was encoded is base64', (bytes) => {
  expect(isBase64(Buffer.from(bytes).toString('base64'))).toBe(true)
})

property.prop([fc.string({ unit: fc.constantFrom(...'AB/+=-_ \n') })])(
  'base64 is what decodes and encodes to itself',
  (said) => {
    expect(isBase64(said)).toBe(Buffer.from(said, 'base64').toString('base64') === said)
  },
)
