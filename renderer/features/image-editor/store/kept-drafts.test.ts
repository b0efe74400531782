import type { AssetId } from '@contract/ids'
import { expect, test } from 'vitest'
import { createKeptDrafts } from './kept-drafts'

const id = (name: string): AssetId => name as AssetId
const draft = (instruction: string, letters = 0) => ({
  instruction,
  references: [],
  feather: 8,
  ...(letters === 0 ? {} : { mask: { png: 'x'.repeat(letters), rect: { x: 1, y: 2, width: 3, height: 4 } } }),
})

test('another page of the same window finds what was kept; what is dropped is gone', () => {
  const place = { name: '' }
  createKeptDrafts(place).keep(id('a'), draft('brighter', 10))
  createKeptDrafts(place).keep(id('b'), draft('darker'))
  const now = createKeptDrafts(place)
  expect(now.read(id('a'))).toEqual(draft('brighter', 10))
  now.drop(id('a'))
  expect(place.name).not.toContain('brighter')
  now.forget()
  expect(place.name).toBe('')
})

test('what was changed longest ago is given up first, and a mask that is too large', () => {
  const kept = createKeptDrafts({ name: '' })
  for (const name of ['a', 'b', 'c', 'd', 'e', 'f']) kept.keep(id(name), draft(name))
  kept.keep(id('a'), draft('a again'))
  kept.keep(id('g'), draft('g'))
  expect([kept.read(id('a'))?.instruction, kept.read(id('b'))]).toEqual(['a again', undefined])
  kept.keep(id('h'), draft('h', 1_400_000))
  kept.keep(id('i'), draft('i', 1_400_000))
  kept.keep(id('j'), draft('j', 1_400_000))
  expect([kept.read(id('h')), kept.read(id('j'))]).toEqual([undefined, draft('j', 1_400_000)])
  kept.keep(id('k'), draft('k', 1_600_000))
  expect(kept.read(id('k'))).toEqual(draft('k'))
})

test('a name that somebody else gave is no draft', () => {
  expect(createKeptDrafts({ name: 'kheish.edits {' }).read(id('a'))).toBeUndefined()
  expect(createKeptDrafts({ name: 'popup' }).read(id('a'))).toBeUndefined()
})
