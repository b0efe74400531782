import { fault, type ProviderTrouble } from '@contract/fault'
import { expect, test } from 'vitest'
import { checkResult } from './check-result'
import { choosePath } from './choose-path'
import { mayGoOn } from './go-on'
import { regionShape } from './region-shape'
import { resultName } from './result-name'
import { nearestShape } from './sizes'

const png = (width: number, height: number) => {
  const bytes = new Uint8Array(33)
  bytes.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52])
  const view = new DataView(bytes.buffer)
  view.setUint32(16, width)
  view.setUint32(20, height)
  bytes.set([8, 6], 24)
  return bytes
}
const text = (words: string) => new TextEncoder().encode(words)

test.each([
  ['a PNG', png(4_096, 10), { media_type: 'image/png' }],
  ['a large PNG', png(4_097, 10), { refused: 'a picture of 4097 × 10 pixels' }],
  ['a PNG of nothing', png(0, 10), { refused: 'a picture without pixels' }],
  ['half a header', png(10, 10).subarray(0, 20), { refused: 'a broken picture' }],
  ['WebP', text('RIFF....WEBPVP8 '), { refused: 'a WebP picture' }],
  ['GIF', text('GIF89a'), { refused: 'a GIF picture' }],
  ['SVG', text('<svg/>'), { refused: 'an SVG picture' }],
  ['nothing', new Uint8Array(), { refused: 'something that is no PNG or JPEG picture' }],
])('%s', (_what, bytes, expected) => {
  expect(checkResult(bytes)).toEqual(expected)
})

test.each([
  ['a red fox, in the snow!', 1, 1, 'image/png', 'a red fox in the snow.png'],
  ['a red fox', 2, 3, 'image/jpeg', 'a red fox 2.jpg'],
  ['../../etc/passwd', 1, 1, 'image/png', 'etc passwd.png'],
  ['京都の夜\nzweite Zeile', 1, 1, 'image/png', '京都の夜.png'],
  ['???', 1, 1, 'image/png', 'picture.png'],
  ['word '.repeat(40), 1, 1, 'image/png', `${'word '.repeat(9).trim()}.png`],
])('%j, %i of %i, is called', (prompt, index, count, type, name) => {
  expect(resultName(prompt, index, count, type)).toBe(name)
})

const trouble = (kind: ProviderTrouble['kind']) => fault('provider_error', 'x', { kind, retryable: true })
test.each([
  [trouble('provider_down'), true],
  [trouble('payment'), true],
  [trouble('policy'), true],
  [trouble('no_image'), true],
  // Maybe made, maybe paid for.
  [trouble('timeout'), false],
  [trouble('cut_short'), false],
  [fault('provider_error', 'x', { kind: 'unreachable', retryable: false }), false],
  // It never left this computer.
  [trouble('unreachable'), true],
  [fault('route_not_ready', 'x', {}), true],
  [fault('secret_store_locked', 'x'), true],
  [fault('interrupted', 'x'), false],
  [fault('storage_full', 'x'), false],
  [fault('asset_integrity_mismatch', 'x'), false],
])('after $code $kind the next route is tried: %s', (why, goesOn) => {
  expect(mayGoOn(why)).toBe(goesOn)
})

const plain = { usesChat: false, listed: ['m'], entry: undefined, preferences: undefined }
const talker = { output_modalities: ['text', 'image'] }
test.each([
  ['listed', plain, 'images'],
  ['never asked what there is', { ...plain, listed: undefined }, 'images'],
  ['a 404 said so', { ...plain, usesChat: true }, 'chat'],
  ['no list at all', { ...plain, listed: [] }, 'chat'],
  ['in another list only, and it talks', { ...plain, listed: ['n'], entry: talker }, 'chat'],
  ['in another list only', { ...plain, listed: ['n'], entry: { output_modalities: ['image'] } }, 'images'],
  ['nothing may be kept', { ...plain, preferences: { zdr: true } }, 'chat'],
  ['nobody may learn from it', { ...plain, preferences: { data_collection: 'deny' as const } }, 'chat'],
  ['a price limit', { ...plain, preferences: { max_price: { image: 1 } } }, 'chat'],
  ['an order of upstreams', { ...plain, preferences: { order: ['openai'] } }, 'images'],
])('the path, %s', (_what, known, path) => {
  expect(choosePath('m', known)).toBe(path)
})

test('a region of up to a quarter goes alone', () => {
  const whole = { width: 1_000, height: 1_000 }
  expect(regionShape({ width: 500, height: 500 }, whole)).toBe('crop')
  expect(regionShape({ width: 501, height: 500 }, whole)).toBe('whole')
})

test.each([
  [1_000, 1_000, '1:1'],
  [1_920, 1_080, '16:9'],
  [1_000, 1_400, '2:3'],
  [9_000, 100, '16:9'],
])('%i × %i is nearest to %s', (width, height, shape) => {
  expect(nearestShape(width, height, ['auto', '1:1', '3:2', '2:3', '16:9'])).toBe(shape)
})
