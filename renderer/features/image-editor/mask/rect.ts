/** Whole pixels of a picture; `width` and `height` of nothing are 0. */
export interface Rect {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}
export interface Spot {
  readonly x: number
  readonly y: number
}

export const nothing: Rect = { x: 0, y: 0, width: 0, height: 0 }
export const isNothing = ({ width, height }: Rect): boolean => width <= 0 || height <= 0

export function union(one: Rect, other: Rect): Rect {
  if (isNothing(one)) return other
  if (isNothing(other)) return one
  const x = Math.min(one.x, other.x)
  const y = Math.min(one.y, other.y)
  return {
    x,
    y,
    width: Math.max(one.x + one.width, other.x + other.width) - x,
    height: Math.max(one.y + one.height, other.y + other.height) - y,
  }
}

/** What of it lies in a picture of this size. */
export function clipped({ x, y, width, height }: Rect, across: number, down: number): Rect {
  const left = Math.max(0, x)
  const top = Math.max(0, y)
  const right = Math.min(across, x + width)
  const bottom = Math.min(down, y + height)
  return right <= left || bottom <= top
    ? nothing
    : { x: left, y: top, width: right - left, height: bottom - top }
}

/** The whole pixels that something of this reach around these spots can touch. */
export function around(spots: readonly Spot[], reach: number): Rect {
  if (spots.length === 0) return nothing
  const xs = spots.map(({ x }) => x)
  const ys = spots.map(({ y }) => y)
  // One more on every side: edges are smoothed.
  const x = Math.floor(Math.min(...xs) - reach) - 1
  const y = Math.floor(Math.min(...ys) - reach) - 1
  return {
    x,
    y,
    width: Math.ceil(Math.max(...xs) + reach) + 1 - x,
    height: Math.ceil(Math.max(...ys) + reach) + 1 - y,
  }
}
