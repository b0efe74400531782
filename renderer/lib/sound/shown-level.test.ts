import { expect, test } from 'vitest'
import { frameLength } from './rate'
import { createShownLevel } from './shown-level'

const frame = (loudness: number): number[] => Array.from({ length: frameLength }, () => loudness)

test('frames that come at once are shown one after the other, and the last until there is more', () => {
  let time = 1_000
  const shown = createShownLevel(() => time)
  expect(shown.level()).toBe(0)
  expect(shown.heard(Int16Array.from([...frame(33), ...frame(0), ...frame(32_767)]))).toBeCloseTo(1, 3)
  const seen = [0, 10, 16, 32, 500].map((ms) => {
    time = 1_000 + ms
    return shown.level()
  })
  expect(seen).toEqual([seen[0], seen[0], 0, seen[4], expect.closeTo(1, 3)])
  expect(seen[0]).toBeCloseTo(0, 2)
  shown.reset()
  expect(shown.level()).toBe(0)
})
