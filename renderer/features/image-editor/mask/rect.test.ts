import { expect, test } from 'vitest'
import { brushPixels, mostBrush } from './brush-size'
import { around, clipped, isNothing, nothing, union } from './rect'
import { tileRect, tilesUnder } from './tiles'

test('what a stroke can touch has room for its width and its smoothed edge', () => {
  expect(
    around(
      [
        { x: 10, y: 20 },
        { x: 30, y: 25 },
      ],
      5,
    ),
  ).toEqual({ x: 4, y: 14, width: 32, height: 17 })
  expect(around([], 5)).toBe(nothing)
})

test('what lies outside of the picture is nothing', () => {
  expect(clipped({ x: -10, y: -10, width: 30, height: 15 }, 100, 100)).toEqual({
    x: 0,
    y: 0,
    width: 20,
    height: 5,
  })
  expect(isNothing(clipped({ x: 200, y: 0, width: 30, height: 15 }, 100, 100))).toBe(true)
  expect(union(nothing, { x: 3, y: 4, width: 1, height: 1 })).toEqual({ x: 3, y: 4, width: 1, height: 1 })
})

test('every pixel of a picture lies in one tile', () => {
  const all = tilesUnder({ x: 0, y: 0, width: 6_000, height: 4_000 }, 6_000, 4_000)
  expect(new Set(all).size).toBe(12 * 8)
  expect(all.reduce((sum, tile) => sum + area(tile), 0)).toBe(24_000_000)
  expect(tileRect(11, 6_000, 4_000)).toEqual({ x: 5_632, y: 0, width: 368, height: 512 })
  expect(tilesUnder({ x: 511, y: 511, width: 2, height: 2 }, 6_000, 4_000)).toEqual([0, 1, 12, 13])

  function area(tile: number): number {
    const { width, height } = tileRect(tile, 6_000, 4_000)
    return width * height
  }
})

test('the brush goes from two pixels to a third of the picture, whatever its size', () => {
  expect([brushPixels(0, 3_000), brushPixels(mostBrush, 3_000)]).toEqual([2, 1_000])
  expect(brushPixels(mostBrush, 1)).toBe(4)
  const sizes = Array.from({ length: mostBrush + 1 }, (_, place) => brushPixels(place, 2_048))
  expect(sizes).toEqual(sizes.toSorted((a, b) => a - b))
})
