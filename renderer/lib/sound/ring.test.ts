import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRing } from './ring'

describe('ring', () => {
  it('holds the last that came', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.array(fc.integer({ min: 0, max: 60 })),
        (size, lengths) => {
          const ring = createRing(size)
          const all: number[] = []
          for (const length of lengths) {
            const piece = Array.from({ length }, (_, i) => (all.length + i) % 30_000)
            all.push(...piece)
            ring.push(Int16Array.from(piece))
          }
          expect([...ring.take()]).toEqual(all.slice(-size))
          expect(ring.take()).toHaveLength(0)
        },
      ),
    )
  })
})
