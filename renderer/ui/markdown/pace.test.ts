import { describe, expect, it } from 'vitest'
import { nextPace, startPace, type Pace } from './pace'

/** Draws a text that comes at `rate` for `ms`, where a drawing costs `fixed` and `each` per new character. */
function stream(rate: number, ms: number, fixed: number, each: number, stall = 0) {
  let [now, shown] = [stall, 0]
  let pace: Pace = startPace
  const costs: number[] = []
  while (now < ms) {
    const waiting = Math.floor(rate * now) - shown
    const added = Math.min(pace.step, waiting)
    if (added > 0 && now >= pace.readyAt) {
      const cost = fixed + each * added
      costs.push(cost)
      pace = nextPace(pace, now, now + cost, added, waiting - added)
      shown += added
      now += cost
    }
    now += 17
  }
  return { behind: Math.floor(rate * ms - shown), worst: Math.max(...costs.slice(3)) }
}

describe('the pace of a growing text', () => {
  it.each([
    [1, 0.001],
    [4, 0.02],
    [60, 0.002],
    [150, 0],
  ])('keeps up with 2,000 tokens a second at %d ms a drawing and %d a character', (fixed, each) => {
    expect(stream(10, 10_000, fixed, each).behind).toBeLessThan(15_000)
  })

  it('takes what has piled up in steps instead of at once', () => {
    const { worst, behind } = stream(10, 20_000, 3, 0.02, 2_000)
    expect(worst).toBeLessThan(50)
    expect(behind).toBeLessThan(2_000)
  })

  it('rests after what costs much however little is new, and not after what is new', () => {
    let dear: Pace = startPace
    let fresh: Pace = startPace
    for (const added of [400, 900, 500, 1_200]) {
      dear = nextPace(dear, 0, 100, added, 0)
      fresh = nextPace(fresh, 0, added * 0.02, added, 0)
    }
    expect(dear.readyAt).toBeGreaterThan(300)
    expect(fresh.readyAt).toBe(0)
  })
})
