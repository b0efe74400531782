import { fc, test as property } from '@fast-check/vitest'
import { expect, test } from 'vitest'
import { placeWindow, smallestSize } from './window-place'

const laptop = { x: 0, y: 0, width: 1440, height: 900 }
const beside = { x: 1440, y: 0, width: 2560, height: 1440 }

test('the first time it is in the middle of the main display', () => {
  expect(placeWindow(undefined, [laptop, beside])).toEqual({ x: 130, y: 60, width: 1180, height: 780 })
})
test('it opens where it was, on the second display too', () => {
  const saved = { x: 1500, y: 100, width: 900, height: 700 }
  expect(placeWindow(saved, [laptop, beside])).toEqual(saved)
})
test('it comes back when its display is gone, with its size', () => {
  expect(placeWindow({ x: 1500, y: 100, width: 900, height: 700 }, [laptop])).toEqual({
    x: 270,
    y: 100,
    width: 900,
    height: 700,
  })
})
test('it fits a display that became smaller', () => {
  expect(placeWindow({ x: 0, y: 0, width: 3000, height: 2000 }, [laptop])).toEqual(laptop)
})
property.prop([
  fc.record({ x: fc.integer(), y: fc.integer(), width: fc.nat(), height: fc.nat() }),
  fc.array(fc.constantFrom(laptop, beside), { maxLength: 2 }),
])('its title bar is always within reach and it is never too small', (saved, displays) => {
  const placed = placeWindow(saved, displays)
  const on = displays.length === 0 ? [{ x: 0, y: 0, width: 1180, height: 780 }] : displays
  expect(
    on.some(
      (d) =>
        placed.x < d.x + d.width - 100 &&
        placed.x + placed.width > d.x + 100 &&
        placed.y >= d.y &&
        placed.y < d.y + d.height,
    ),
  ).toBe(true)
  expect(placed.width).toBeGreaterThanOrEqual(smallestSize.width)
  expect(placed.height).toBeGreaterThanOrEqual(smallestSize.height)
})
