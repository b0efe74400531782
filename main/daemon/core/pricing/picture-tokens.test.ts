import { fc, test as property } from '@fast-check/vitest'
import { expect, test } from 'vitest'
import { partsTokens } from './estimate'
import { dataUrlLength, pictureTokens } from './picture-tokens'

// OpenAI's own examples of the rule, and its edges.
test.each<[width: number | undefined, height: number | undefined, tokens: number | undefined]>([
  [1024, 1024, 765],
  [2048, 4096, 1105],
  [512, 512, 255],
  [513, 512, 425],
  [1, 1, 255],
  [16_000, 1, 765],
  [2048, 2048, 765],
  [undefined, 10, undefined],
  [10, 0, undefined],
])('%j × %j pixels: %j tokens', (width, height, tokens) => {
  const size = { ...(width === undefined ? {} : { width }), ...(height === undefined ? {} : { height }) }
  expect(pictureTokens(size)).toBe(tokens)
})

property.prop([fc.integer({ min: 1, max: 16_384 }), fc.integer({ min: 1, max: 16_384 })])(
  'a turned picture counts the same, and none more than eight tiles',
  (width, height) => {
    const tokens = pictureTokens({ width, height }) ?? 0
    expect(pictureTokens({ width: height, height: width })).toBe(tokens)
    expect(tokens).toBeGreaterThanOrEqual(255)
    expect(tokens).toBeLessThanOrEqual(85 + 170 * 8)
  },
)

property.prop([fc.uint8Array({ maxLength: 50 })])('the length of a data URL', (bytes) => {
  const url = `data:image/png;base64,${Buffer.from(bytes).toString('base64')}`
  expect(dataUrlLength({ media_type: 'image/png', byte_length: bytes.length })).toBe(url.length)
})

test('a message counts its words, the pictures that travel and what is read of its files', () => {
  const asset = (id: string, more: object) =>
    ({
      kind: 'attachment',
      asset: { asset_id: id, media_type: 'image/png', file_name: 'f', byte_length: 9, ...more },
    }) as never
  const parts = [
    { kind: 'text' as const, text: 'four' },
    asset('shown', { width: 512, height: 512 }),
    asset('unmeasured', {}),
    asset('left', { width: 512, height: 512 }),
    asset('short', { media_type: 'text/plain', text_byte_length: 400 }),
    asset('long', { media_type: 'text/plain', text_byte_length: 4_000_000 }),
  ]
  const shown = new Set(['shown', 'unmeasured']) as never
  expect(partsTokens(parts, shown)).toBe(1 + 255 + 1_000 + 100 + 3_000)
})
