import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fit, isFitted, pan, wheelFactor, zoomTo, zoomToggle, type Lie, type Size } from './zoom'

const box: Size = { width: 1000, height: 600 }
const large: Size = { width: 4000, height: 3000 }
const small: Size = { width: 200, height: 100 }
const middle = { x: 0, y: 0 }

test.each<[string, Size, number]>([
  ['a large one is brought down to the box', large, 0.2],
  ['a wide one to its width', { width: 4000, height: 100 }, 0.25],
  ['a small one stays as it is', small, 1],
  ['one without size does no harm', { width: 0, height: 0 }, 1],
])('%s', (_, picture, scale) => {
  expect(fit(picture, box)).toEqual({ scale, x: 0, y: 0 })
})

test('a double click shows the pixels themselves at that point, and back', () => {
  const near = zoomToggle(fit(large, box), { x: 100, y: 50 }, large, box)
  expect(near).toEqual({ scale: 1, x: -400, y: -200 })
  expect(zoomToggle(near, middle, large, box)).toEqual(fit(large, box))
  expect(zoomToggle(fit(small, box), middle, small, box).scale).toBe(2)
})

test('a picture smaller than the box cannot be dragged away', () => {
  expect(pan(fit(small, box), { x: 90, y: 90 }, small, box)).toEqual({ scale: 1, x: 0, y: 0 })
})

test('the wheel goes in and comes back out to the same size', () => {
  expect(wheelFactor(120, false) * wheelFactor(-120, false)).toBeCloseTo(1)
  expect(wheelFactor(-1e9, true)).toBeLessThan(12)
})

const size = fc.record({
  width: fc.integer({ min: 1, max: 9000 }),
  height: fc.integer({ min: 1, max: 9000 }),
})
const point = fc.record({ x: fc.integer({ min: -900, max: 900 }), y: fc.integer({ min: -900, max: 900 }) })
const scale = fc.double({ min: 0.001, max: 40, noNaN: true })
const moves = fc.array(
  fc.oneof(fc.record({ to: scale, at: point }), fc.record({ by: point }), fc.record({ toggle: point })),
  { maxLength: 12 },
)

test('whatever is done, the picture fills the box or lies whole in its middle', () => {
  fc.assert(
    fc.property(size, size, moves, (picture, room, list) => {
      let lie: Lie = fit(picture, room)
      for (const move of list) {
        if ('to' in move) lie = zoomTo(lie, move.to, move.at, picture, room)
        else if ('by' in move) lie = pan(lie, move.by, picture, room)
        else lie = zoomToggle(lie, move.toggle, picture, room)
        expect(lie.scale).toBeGreaterThanOrEqual(fit(picture, room).scale * 0.999)
        for (const [place, length, across] of [
          [lie.x, picture.width * lie.scale, room.width],
          [lie.y, picture.height * lie.scale, room.height],
        ] as const) {
          if (length <= across) expect(place).toBe(0)
          else expect(Math.abs(place)).toBeLessThanOrEqual((length - across) / 2 + 1e-6)
        }
      }
    }),
  )
})

test('what is under the pointer stays there while no edge is in the way', () => {
  fc.assert(
    fc.property(fc.double({ min: 1.1, max: 4, noNaN: true }), point, (factor, at) => {
      const before = zoomTo(fit(large, box), 1, middle, large, box)
      const after = zoomTo(before, factor, at, large, box)
      const under = (lie: Lie) => ({ x: (at.x - lie.x) / lie.scale, y: (at.y - lie.y) / lie.scale })
      expect(under(after).x).toBeCloseTo(under(before).x, 3)
      expect(under(after).y).toBeCloseTo(under(before).y, 3)
      expect(isFitted(after, large, box)).toBe(false)
    }),
  )
})
