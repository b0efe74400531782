import { expect, test } from 'vitest'
import { comparedOf } from '../compare/compare-pictures'
import { version } from '../sample-runs'
import type { AssetId } from '@contract/ids'
import { versionRows } from './version-tree'

const tree = [
  version('root', null, 1),
  version('late', 'root', 9),
  version('early', 'root', 2),
  version('child', 'early', 3),
  version('leaf', 'child', 4),
]

test('children stand under their parent, in the order they were made, with their lines', () => {
  const rows = versionRows(tree)
  expect(
    rows.map(({ version: { asset }, place, depth, lines, isLast }) => [
      asset.asset_id,
      place,
      depth,
      lines,
      isLast,
    ]),
  ).toEqual([
    ['root', '1', 0, [], true],
    ['early', '1.1', 1, [], false],
    ['child', '1.1.1', 2, [true], true],
    ['leaf', '1.1.1.1', 3, [true, false], true],
    ['late', '1.2', 1, [], true],
  ])
})

test('one whose parent is gone stands by itself', () => {
  expect(
    versionRows([version('b', 'gone', 2), version('a', null, 1)]).map(({ place, depth }) => [place, depth]),
  ).toEqual([
    ['1', 0],
    ['2', 0],
  ])
})

test('a result is held against what it was made from; the root against the source', () => {
  const ids = (result: string | null, source: string) => {
    const compared = comparedOf(tree, result as AssetId | null, source as AssetId)
    return compared && [compared.before.asset.asset_id, compared.after.asset.asset_id]
  }
  expect(ids('leaf', 'root')).toEqual(['child', 'leaf'])
  expect(ids('root', 'late')).toEqual(['late', 'root'])
  expect(ids(null, 'root')).toBe(null)
  expect(ids('gone', 'root')).toBe(null)
})
