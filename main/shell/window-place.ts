/** Pixels of the desktop. */
export interface Area {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export const smallestSize = { width: 420, height: 480 } as const
const usualSize = { width: 1180, height: 780 } as const

/** As much of a window's top edge as a person needs to take hold of it. */
const grip = { width: 120, height: 40 } as const

/**
 * Where to open: where the window was, as long as enough of its title bar is on one of `displays` (work areas, the
 * first is the main one); else in the middle of the main one, never larger than it.
 */
export function placeWindow(saved: Area | undefined, displays: readonly Area[]): Area {
  const main = displays[0] ?? { x: 0, y: 0, ...usualSize }
  const fitted = displays
    .map((display) => ({ display, area: saved && { ...saved, ...sizeWithin(saved, display) } }))
    .find(({ display, area }) => area && isWithinReach(area, display))
  if (fitted?.area) return fitted.area
  const size = sizeWithin(saved ?? usualSize, main)
  return {
    x: main.x + Math.max(0, Math.round((main.width - size.width) / 2)),
    y: main.y + Math.max(0, Math.round((main.height - size.height) / 2)),
    ...size,
  }
}

function isWithinReach(area: Area, display: Area): boolean {
  const across = Math.min(area.x + area.width, display.x + display.width) - Math.max(area.x, display.x)
  const down = display.y + display.height - area.y
  return across >= grip.width && area.y >= display.y && down >= grip.height
}

const sizeWithin = (size: Pick<Area, 'width' | 'height'>, display: Area) => ({
  width: Math.max(smallestSize.width, Math.min(Math.round(size.width), display.width)),
  height: Math.max(smallestSize.height, Math.min(Math.round(size.height), display.height)),
})
