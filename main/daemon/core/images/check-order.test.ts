import type { AssetId } from '@contract/ids'
import type { ImageOrder } from '@contract/image-order'
import { expect, test } from 'vitest'
import { Failure } from '../failure'
import { checkOrder } from './check-order'
import { checkSources } from './check-sources'
import { inferSources } from './infer-sources'
import { readOrder } from './read-order'

const id = (name: string) => name as AssetId
const order = (more: Partial<ImageOrder> = {}): ImageOrder => ({
  operation: 'generate',
  prompt: 'a fox',
  count: 1,
  source_asset_ids: [],
  ...more,
})
const edit = (more: Partial<ImageOrder> = {}) =>
  order({ operation: 'edit', source_asset_ids: [id('a')], ...more })

test.each([
  ['a plain one', order(), undefined],
  ['8,000 characters', order({ prompt: '😀'.repeat(8_000) }), undefined],
  ['one more', order({ prompt: 'x'.repeat(8_001) }), 'prompt'],
  ['nothing said', order({ prompt: ' \n' }), 'prompt'],
  ['no picture', order({ count: 0 }), 'count'],
  ['five', order({ count: 5 }), 'count'],
  ['one and a half', order({ count: 1.5 }), 'count'],
  ['square', order({ size: 'square' }), undefined],
  ['a tall one', order({ size: '1024x1792' }), undefined],
  ['a size with signs', order({ size: '10 x 10' }), 'size'],
  ['a long size', order({ size: '1'.repeat(33) }), 'size'],
  ['an edge of nothing', order({ size: '0x100' }), 'size'],
  ['an edge too long', order({ size: '4097x100' }), 'size'],
  ['a size that only others know', order({ size: '512x512' }), 'size'],
  ['a name of Object’s', order({ size: 'constructor' }), 'size'],
  ['an edit', edit(), undefined],
  ['an edit of nothing', edit({ source_asset_ids: [] }), 'image_asset_ids'],
  ['an edit of nine', edit({ source_asset_ids: [...'abcdefghi'].map(id) }), 'image_asset_ids'],
  ['the same twice', edit({ source_asset_ids: [id('a'), id('a')] }), 'image_asset_ids'],
  ['sources of what is made anew', order({ source_asset_ids: [id('a')] }), 'image_asset_ids'],
  ['a region of nothing', order({ mask_asset_id: id('m') }), 'region'],
  ['a negative edge', edit({ feather_px: -1 }), 'feather_px'],
  ['webp', order({ options: { output_format: 'webp' } }), 'options.output_format'],
  ['jpeg', order({ options: { output_format: 'jpeg' } }), undefined],
  ['two shapes', order({ size: 'square', options: { aspect_ratio: '3:2' } }), 'options.aspect_ratio'],
  [
    'one shape said twice',
    order({ size: '1536x1024', options: { aspect_ratio: '3:2', resolution: '2K' } }),
    undefined,
  ],
  ['two resolutions', order({ size: 'square', options: { resolution: '4K' } }), 'options.resolution'],
])('%s', (_what, given, field) => {
  expect(checkOrder(given)?.field).toBe(field)
})

const refused = (work: () => unknown) => {
  try {
    work()
  } catch (error) {
    if (error instanceof Failure) return error.fault
    throw error
  }
  return undefined
}

test.each([
  ['nothing', undefined, 'prompt'],
  ['a list', [], 'prompt'],
  ['no prompt', {}, 'prompt'],
  ['a number for words', { prompt: 7 }, 'prompt'],
  ['a count in letters', { prompt: 'x', count: '2' }, 'count'],
  ['a size in numbers', { prompt: 'x', size: 1024 }, 'size'],
  ['one id without a list', { prompt: 'x', image_asset_ids: 'a' }, 'image_asset_ids'],
  ['numbers for ids', { prompt: 'x', image_asset_ids: [1] }, 'image_asset_ids'],
  ['a route that is no name', { prompt: 'x', provider: {} }, 'provider'],
])('what a model writes: %s is refused', (_what, input, field) => {
  expect(refused(() => readOrder(input))).toMatchObject({ code: 'image_order_invalid', field })
})

test('unknown keys and nulls say nothing', () => {
  expect(readOrder({ prompt: ' a fox ', style: 'vivid', size: null, count: null })).toEqual({
    prompt: 'a fox',
    count: 1,
    image_asset_ids: undefined,
  })
})

const shown = (...names: readonly string[]) =>
  names.map((name) => ({ asset_id: id(name), media_type: 'image/png', file_name: 'f', byte_length: 1 }))

test.each([
  ['absent, one shown', undefined, shown('a'), ['a']],
  ['absent, the same shown twice', undefined, shown('a', 'a'), ['a']],
  ['absent, none shown', undefined, shown(), 'image_asset_ids'],
  ['absent, two shown', undefined, shown('a', 'b'), 'image_asset_ids'],
  ['absent, nobody’s turn', undefined, undefined, 'image_asset_ids'],
  ['null infers nothing', null, shown('a'), 'image_asset_ids'],
  ['an empty list infers nothing', [], shown('a'), 'image_asset_ids'],
  ['ids keep their order', [id('b'), id('a')], shown('c'), ['b', 'a']],
])('sources: %s', (_what, given, turn, expected) => {
  if (Array.isArray(expected)) expect(inferSources(given, turn)).toEqual(expected)
  else expect(refused(() => inferSources(given, turn))).toMatchObject({ field: expected })
})

test('what is no picture is refused by its type, and too much at once by its size', () => {
  const file = { media_type: 'application/pdf', byte_length: 1, file_name: 'plan.pdf' }
  expect(refused(() => checkSources([file]))).toMatchObject({
    code: 'unsupported_media_type',
    media_type: 'application/pdf',
  })
  const large = { media_type: 'image/png', byte_length: 17 * 1024 * 1024, file_name: 'a.png' }
  expect(refused(() => checkSources([large]))).toBeUndefined()
  expect(refused(() => checkSources([large, large]))).toMatchObject({ code: 'image_order_invalid' })
})
