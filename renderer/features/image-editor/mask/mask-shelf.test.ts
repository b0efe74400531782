import type { AssetId } from '@contract/ids'
import { expect, test } from 'vitest'
import { createMaskShelf } from './mask-shelf'
import type { Mask } from './mask'

const shelf = () => createMaskShelf((width, height) => ({ width, height }) as Mask)
const id = (name: string): AssetId => name as AssetId

test('a picture finds its mask again, another size gets another one', () => {
  const masks = shelf()
  const mask = masks.of(id('a'), 100, 50)
  expect(masks.of(id('a'), 100, 50)).toBe(mask)
  expect(masks.of(id('a'), 50, 100)).not.toBe(mask)
  expect(masks.find(id('b'))).toBeUndefined()
})

test('what was looked at longest ago is given up first; the one in use never', () => {
  const masks = shelf()
  for (const name of ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']) masks.of(id(name), 2_048, 2_048)
  masks.of(id('a'), 2_048, 2_048)
  masks.of(id('i'), 2_048, 2_048)
  expect(masks.find(id('b'))).toBeUndefined()
  expect(masks.find(id('a'))).toBeDefined()
  masks.of(id('huge'), 10_000, 10_000)
  expect(masks.find(id('huge'))).toBeDefined()
  expect(masks.find(id('a'))).toBeUndefined()
})
