import { expect, test } from 'vitest'
import { type Alpha, squaredDistances } from './distances'
import { feathered } from './feathered'

/** A mask in letters: `#` is marked. */
const drawn = (...rows: readonly string[]): Alpha => ({
  width: rows[0]?.length ?? 0,
  height: rows.length,
  data: Uint8Array.from(rows.join(''), (letter) => (letter === '#' ? 255 : 0)),
})
const blot = drawn(
  '..........',
  '..######..',
  '.########.',
  '.###.####.',
  '.#######..',
  '..#####...',
  '..........',
)

test('the distance is that to the nearest pixel that is not marked', () => {
  const { width, height, data } = blot
  const found = squaredDistances(blot, 100)
  for (let at = 0; at < data.length; at += 1) {
    let nearest = Infinity
    for (let other = 0; other < width * height; other += 1)
      if (data[other] === 0)
        nearest = Math.min(
          nearest,
          ((at % width) - (other % width)) ** 2 + (Math.floor(at / width) - Math.floor(other / width)) ** 2,
        )
    expect(found[at]).toBe(nearest)
  }
})

test('the edge softens inwards: nothing beyond the region, full where the feather ends', () => {
  const { data } = feathered(drawn('.'.repeat(9) + '#'.repeat(21)), 8)
  const row = [...data]
  expect(row.slice(0, 9)).toEqual(Array.from({ length: 9 }, () => 0))
  expect(row.slice(9)).toEqual(row.slice(9).toSorted((a, b) => a - b))
  expect([row[9], row[17], row[29]]).toEqual([9, 255, 255])
})

test('a region narrower than its feather is full at its deepest; the picture’s own edge is no edge', () => {
  expect([...feathered(drawn('..#####..'), 40).data]).toEqual([0, 0, 66, 189, 255, 189, 66, 0, 0])
  expect([...feathered(drawn('####'), 4).data]).toEqual([255, 255, 255, 255])
  expect(feathered(blot, 0)).toBe(blot)
})
