import { describe, expect, test } from 'vitest'
import { barsOf, pathOf } from './bars'
import { clockOf, speedBeside } from './clock'

describe('a place in a recording', () => {
  test.each([
    [0, '0:00'],
    [7.9, '0:07'],
    [65, '1:05'],
    [3723, '1:02:03'],
    [Number.NaN, '0:00'],
    [Number.POSITIVE_INFINITY, '0:00'],
    [-1, '0:00'],
  ])('%d seconds are %s', (seconds, words) => expect(clockOf(seconds)).toBe(words))
})

test('speeds go up and down and end at either end', () => {
  expect(speedBeside(1, 1)).toBe(1.25)
  expect(speedBeside(1, -1)).toBe(0.75)
  expect(speedBeside(3, 1)).toBe(3)
  expect(speedBeside(0.5, -1)).toBe(0.5)
  expect(speedBeside(1.1, 1)).toBe(1.25)
})

describe('bars of peaks', () => {
  test('each bar is the loudest moment of its stretch, and none is left out', () => {
    const peaks = new Uint8Array(1000)
    peaks[999] = 255
    peaks[0] = 51
    const bars = barsOf(peaks, 120)
    expect(bars).toHaveLength(120)
    expect(bars[0]).toBeCloseTo(0.2)
    expect(bars[119]).toBe(1)
    expect(bars.slice(1, 119).every((bar) => bar === 0)).toBe(true)
  })
  test('fewer peaks than bars are drawn several times', () => {
    expect(barsOf(Uint8Array.of(0, 255), 4)).toEqual([0, 0, 1, 1])
  })
  test('silence is a thin line', () => expect(pathOf([0])).toBe('M0.18 48h.64v4h-.64z'))
})
