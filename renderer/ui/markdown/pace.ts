/** How a growing text is drawn: how much of it at once, and when again. Times in milliseconds. */
export interface Pace {
  /** Most characters that the next drawing adds. */
  readonly step: number
  readonly readyAt: number
  /** What a drawing costs however little is new. */
  readonly fixed: number
  /** The last drawings, older ones weighing less: a line through what they added and what they cost. */
  readonly seen: Seen
}

interface Seen {
  readonly n: number
  readonly x: number
  readonly y: number
  readonly xx: number
  readonly xy: number
}

/** Whether a text that has ended is drawn at once: many drawings would cost more than the one. */
export const isBestAtOnce = ({ fixed }: Pace): boolean => fixed > newMs

/** Time for what is new in one drawing; four times that while very much is waiting. */
const newMs = 8
const muchWaiting = 20_000
/** What a drawing costs however little is new may take one part in four of the time. */
const restFactor = 3
const smallestStep = 400
const largestStep = 10_000
const memory = 0.8

export const startPace: Pace = { step: 2_000, readyAt: 0, fixed: 0, seen: { n: 0, x: 0, y: 0, xx: 0, xy: 0 } }

/** After a drawing from `begun` to `end` that added so many characters, while `waiting` more are there. */
export function nextPace(pace: Pace, begun: number, end: number, added: number, waiting: number): Pace {
  const seen = lookAt(pace.seen, added, end - begun)
  const { each, fixed } = costOf(seen)
  const budget = waiting > muchWaiting ? 4 * newMs : newMs
  // Not always the same: two sizes tell what is paid for the new and what for the old.
  const sway = pace.step <= added ? 1.6 : 1
  const ideal = (budget / Math.max(each, budget / largestStep)) * sway
  return {
    step: Math.round(Math.max(smallestStep, Math.min(ideal, pace.step * 3))),
    readyAt: fixed > newMs ? end + fixed * restFactor : 0,
    fixed,
    seen,
  }
}

const lookAt = ({ n, x, y, xx, xy }: Seen, added: number, cost: number): Seen => ({
  n: n * memory + 1,
  x: x * memory + added,
  y: y * memory + cost,
  xx: xx * memory + added * added,
  xy: xy * memory + added * cost,
})

/** Least squares. While all drawings added the same, the new is blamed for everything. */
function costOf({ n, x, y, xx, xy }: Seen): { readonly each: number; readonly fixed: number } {
  const spread = n * xx - x * x
  const most = y / Math.max(1, x)
  const each = spread > 0.01 * x * x ? Math.min(most, Math.max(0, (n * xy - x * y) / spread)) : most
  return { each, fixed: Math.max(0, (y - each * x) / n) }
}
