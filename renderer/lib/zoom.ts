export interface Size {
  readonly width: number
  readonly height: number
}
export interface Point {
  readonly x: number
  readonly y: number
}
/** How a picture lies in its box: pixels of the screen per pixel of the picture, and its middle from the box's middle. */
export interface Lie extends Point {
  readonly scale: number
}

/** One press of a key or button. */
export const zoomStep = 1.4
const largest = 8

/** The whole picture, never larger than it is. */
export function fit(picture: Size, box: Size): Lie {
  const scale = Math.min(1, box.width / picture.width, box.height / picture.height)
  return { scale: Number.isFinite(scale) && scale > 0 ? scale : 1, x: 0, y: 0 }
}

export const isFitted = (lie: Lie, picture: Size, box: Size): boolean =>
  lie.scale <= fit(picture, box).scale * 1.001

/** Another size with the point under `at` (from the box's middle) where it is, as far as the edges allow. */
export function zoomTo(lie: Lie, scale: number, at: Point, picture: Size, box: Size): Lie {
  const least = fit(picture, box).scale
  const next = Math.min(Math.max(scale, least), Math.max(largest, least))
  const ratio = next / lie.scale
  return within(
    { scale: next, x: at.x - (at.x - lie.x) * ratio, y: at.y - (at.y - lie.y) * ratio },
    picture,
    box,
  )
}

/** A double click: the picture's own pixels at this point, or twice the fitted size of a small one; and back. */
export function zoomToggle(lie: Lie, at: Point, picture: Size, box: Size): Lie {
  const fitted = fit(picture, box)
  if (!isFitted(lie, picture, box)) return fitted
  return zoomTo(lie, fitted.scale < 0.9 ? 1 : fitted.scale * 2, at, picture, box)
}

export const pan = (lie: Lie, by: Point, picture: Size, box: Size): Lie =>
  within({ ...lie, x: lie.x + by.x, y: lie.y + by.y }, picture, box)

/** A picture that is larger than the box covers it; one that is smaller lies in the middle. */
function within(lie: Lie, picture: Size, box: Size): Lie {
  const clamp = (place: number, length: number, room: number): number => {
    const spare = Math.max(0, (length * lie.scale - room) / 2)
    // Adding zero takes the sign from a zero.
    return Math.min(Math.max(place, -spare), spare) + 0
  }
  return {
    scale: lie.scale,
    x: clamp(lie.x, picture.width, box.width),
    y: clamp(lie.y, picture.height, box.height),
  }
}

/** What a turn of the wheel multiplies the scale with; a pinch comes as a finer wheel with Ctrl. */
export const wheelFactor = (deltaY: number, isPinch: boolean): number =>
  Math.exp(-Math.min(Math.max(deltaY, -240), 240) * (isPinch ? 0.01 : 0.0022))
