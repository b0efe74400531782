import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Box, Mask, Pixels } from './box'
import { isWithin } from './box'
import { cropBox } from './crop-box'
import { cover } from './cover'
import { feathered } from './feather'
import { layBack } from './lay-back'
import { boundsOf, maskOf } from './mask-of'
import { squaredDistances } from './squared-distances'

const masks = fc
  .tuple(
    fc.integer({ min: 1, max: 24 }),
    fc.integer({ min: 1, max: 24 }),
    fc.infiniteStream(fc.nat({ max: 9 })),
  )
  .map(([width, height, marks]): Mask => {
    const data = new Uint8Array(width * height)
    // Mostly marked, so that there is an inside.
    for (let place = 0; place < data.length; place += 1) data[place] = marks.next().value === 0 ? 0 : 255
    return { width, height, data }
  })

/** The nearest pixel that is not marked, looked for among all. */
function nearest({ width, height, data }: Mask, x: number, y: number): number {
  let least = Infinity
  for (let v = 0; v < height; v += 1)
    for (let u = 0; u < width; u += 1)
      if (data[v * width + u] === 0) least = Math.min(least, (u - x) ** 2 + (v - y) ** 2)
  return least
}

function* placesIn(box: Box, stride: number) {
  for (let y = 0; y < box.height; y += 1)
    for (let x = 0; x < box.width; x += 1)
      yield { x: x + box.x, y: y + box.y, in_box: y * box.width + x, place: (y + box.y) * stride + x + box.x }
}

test('distances are those to the nearest pixel that is not marked', () => {
  fc.assert(
    fc.property(masks, fc.integer({ min: 1, max: 30 }), (mask, cap) => {
      const box = boundsOf(mask)
      if (!box) return
      const found = squaredDistances(mask, box, cap)
      for (const { x, y, in_box } of placesIn(box, mask.width))
        expect(found[in_box]).toBe(Math.min(cap * cap, nearest(mask, x, y)))
    }),
    { numRuns: 60 },
  )
})

test('a feather rises with the distance from the edge, reaches nothing outside and is full at its depth', () => {
  fc.assert(
    fc.property(masks, fc.integer({ min: 0, max: 30 }), (mask, feather_px) => {
      const box = boundsOf(mask)
      if (!box) return
      const soft = feathered(mask, box, feather_px)
      const byDistance: { readonly distance: number; readonly alpha: number }[] = []
      mask.data.forEach((each, place) => {
        if (each === 0) expect(soft.data[place]).toBe(0)
        else {
          const distance = nearest(mask, place % mask.width, Math.floor(place / mask.width))
          byDistance.push({ distance, alpha: soft.data[place] ?? -1 })
        }
      })
      byDistance.sort((a, b) => a.distance - b.distance || a.alpha - b.alpha)
      byDistance.reduce((last, next) => {
        expect(next.alpha).toBeGreaterThanOrEqual(last.alpha)
        return next
      })
      expect(byDistance.at(-1)?.alpha).toBe(255)
      for (const { distance, alpha } of byDistance)
        if (Math.sqrt(distance) >= feather_px + 1) expect(alpha).toBe(255)
    }),
    { numRuns: 100 },
  )
})

test('greys are no more than they were, and a hard edge stays as it is', () => {
  const mask: Mask = { width: 5, height: 1, data: Uint8Array.of(0, 64, 255, 200, 0) }
  const box = boundsOf(mask) as Box
  expect(box).toEqual({ x: 1, y: 0, width: 3, height: 1 })
  expect(feathered(mask, box, 0)).toBe(mask)
  expect([...feathered(mask, box, 1).data]).toEqual([0, 32, 255, 100, 0])
})

test('white is what may change: black, clear and grey are less', () => {
  const data = Uint8ClampedArray.from(
    [
      [255, 255, 255, 255],
      [0, 0, 0, 255],
      [255, 255, 255, 0],
      [128, 128, 128, 255],
      [255, 255, 255, 51],
    ].flat(),
  )
  expect([...maskOf({ width: 5, height: 1, data }).data]).toEqual([255, 0, 0, 128, 51])
  expect(boundsOf({ width: 2, height: 2, data: new Uint8Array(4) })).toBeUndefined()
})

test('a crop holds the region with some of what is beside it, in a usual shape where there is room', () => {
  const edge = fc.integer({ min: 1, max: 4_000 })
  const regions = fc.tuple(edge, edge).chain(([width, height]) =>
    fc
      .tuple(fc.nat(width - 1), fc.nat(height - 1), fc.nat(width - 1), fc.nat(height - 1))
      .map(([a, b, c, d]) => ({
        picture: { width, height },
        region: {
          x: Math.min(a, c),
          y: Math.min(b, d),
          width: Math.abs(a - c) + 1,
          height: Math.abs(b - d) + 1,
        },
      })),
  )
  fc.assert(
    fc.property(regions, ({ picture, region }) => {
      const box = cropBox(region, picture)
      expect(isWithin(box, picture)).toBe(true)
      expect(isWithin({ ...region, x: region.x - box.x, y: region.y - box.y }, box)).toBe(true)
      const shape = Math.max(box.width, box.height) / Math.min(box.width, box.height)
      const fills = box.width === picture.width || box.height === picture.height
      expect(shape < 1.8 || fills).toBe(true)
    }),
    { numRuns: 500 },
  )
  const small = { x: 1_000, y: 600, width: 40, height: 30 }
  expect(cropBox(small, { width: 2_048, height: 1_365 })).toEqual({ x: 892, y: 487, width: 256, height: 256 })
})

test('a picture of another shape covers the box, centred', () => {
  const box = { x: 10, y: 20, width: 100, height: 50 }
  expect(cover({ width: 200, height: 100 }, box)).toEqual(box)
  expect(cover({ width: 50, height: 50 }, box)).toEqual({ x: 10, y: -5, width: 100, height: 100 })
})

test('what is mixed lies between the two, each weighed by its own alpha', () => {
  const colour = fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255), fc.nat(255))
  const one = (data: readonly number[]): Pixels => ({
    width: 1,
    height: 1,
    data: Uint8ClampedArray.from(data),
  })
  fc.assert(
    fc.property(colour, colour, fc.nat(255), (below, above, share) => {
      const box = { x: 0, y: 0, width: 1, height: 1 }
      const mask: Mask = { width: 1, height: 1, data: Uint8Array.of(share) }
      const mixed = [...layBack(one(below), one(above), box, mask).data]
      if (share === 0) expect(mixed).toEqual(below)
      if (share === 255) expect(mixed).toEqual(above)
      mixed.forEach((each, channel) => {
        const [a, b] = [below[channel] ?? 0, above[channel] ?? 0]
        expect(each).toBeGreaterThanOrEqual(Math.min(a, b))
        expect(each).toBeLessThanOrEqual(Math.max(a, b))
      })
    }),
  )
})
