import type { AssetId } from '@contract/ids'
import type { AssetRef } from '@contract/message'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { joined, movedTo, readyAssets, readyAttachment, shareOf } from './attachment'

const ref = (id: string): AssetRef => ({
  asset_id: id as AssetId,
  media_type: 'text/csv',
  file_name: `${id}.csv`,
  byte_length: 1,
})
const list = (ids: string) => [...ids].map((id) => readyAttachment(ref(id)))
const ids = (of: ReturnType<typeof list>) =>
  readyAssets(of)
    .map(({ asset_id }) => asset_id)
    .join('')

describe('attachments', () => {
  it.each([
    ['a', 2, 'bca'],
    ['a', -3, 'abc'],
    ['c', 99, 'abc'],
    ['c', 0, 'cab'],
    ['x', 0, 'abc'],
  ])('%s moved to %i', (key, place, expected) => {
    expect(ids(movedTo(list('abc'), key, place) as ReturnType<typeof list>)).toBe(expected)
  })

  it('never loses or doubles one by moving', () => {
    fc.assert(
      fc.property(fc.nat(4), fc.integer({ min: -9, max: 9 }), (at, place) => {
        const moved = movedTo(list('abcde'), 'abcde'[at] ?? 'a', place) as ReturnType<typeof list>
        expect([...ids(moved)].sort().join('')).toBe('abcde')
      }),
    )
  })

  it('comes back before what is there, once', () => {
    expect(ids(joined([ref('a'), ref('b')], list('bc')) as ReturnType<typeof list>)).toBe('abc')
  })

  it('goes through its stages from 0 to 1', () => {
    const shares = [
      shareOf('waiting'),
      shareOf('reading'),
      shareOf('reading', 5, 10),
      shareOf('checking'),
      shareOf('storing'),
      shareOf('storing', 2, 1),
    ]
    expect(shares).toEqual(shares.toSorted((a, b) => a - b))
    expect(shares.at(-1)).toBe(1)
    expect(shareOf('reading', 5, 0)).toBe(0.05)
  })
})
