import { type KeyboardEvent, useRef, useState } from 'react'
import type { Mask } from '../mask/mask'
import type { Rect, Spot } from '../mask/rect'
import { areaOf, isShapeTool } from './shape'
import type { Hand } from './tools'
import type { Painting } from './use-painting'
import type { View } from './use-view'

/** Pixels of the screen for one press of an arrow, and with Shift where that doesn't paint. */
const step = 16
const largeStep = 96

const directions: Readonly<Record<string, Spot>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
}

/** What was done, for ears. */
export type KeyTold = { readonly what: 'spot' | 'corner'; readonly spot: Spot; readonly count: number }

/** Marks with the keyboard alone: the arrows move, Enter paints or sets a corner. */
export function useKeyPainting(given: {
  readonly view: View
  readonly mask: Mask
  readonly hand: Hand
  readonly painting: Painting
  readonly onPainted: (rect: Rect) => void
  readonly onSpot: (spot: Spot | null) => void
}): { readonly told: KeyTold | null; readonly onKeyDown: (event: KeyboardEvent) => void } {
  const { view, mask, hand, painting, onPainted, onSpot } = given
  const { shape, setShape, brush } = painting
  const [told, setTold] = useState<KeyTold | null>(null)
  const at = useRef<Spot | null>(null)
  const here = (): Spot => at.current ?? { x: Math.round(mask.width / 2), y: Math.round(mask.height / 2) }
  const isErasing = hand.tool === 'eraser'

  function move(direction: Spot, isShift: boolean): void {
    const isLine = isShift && !isShapeTool(hand.tool)
    const by = (isShift && !isLine ? largeStep : step) / view.lie.scale
    const from = here()
    const within = (place: number, most: number): number => Math.round(Math.max(0, Math.min(most, place)))
    const to = {
      x: within(from.x + direction.x * by, mask.width),
      y: within(from.y + direction.y * by, mask.height),
    }
    at.current = to
    if (isLine) {
      onPainted(mask.line(from, to, brush, isErasing))
      mask.close()
    }
    if (shape) setShape({ ...shape, loose: to })
    view.reveal(to)
    onSpot(to)
    setTold({ what: 'spot', spot: to, count: 0 })
  }

  function press(isShift: boolean, isAlt: boolean): void {
    const spot = here()
    onSpot(spot)
    if (!isShapeTool(hand.tool)) {
      onPainted(mask.line(spot, spot, brush, isErasing !== isAlt))
      mask.close()
      return
    }
    const isDone = shape !== null && (hand.tool === 'rectangle' || isShift)
    if (isDone) {
      mask.fill(areaOf({ ...shape, loose: spot }), shape.isErasing)
      mask.close()
      setShape(null)
      return
    }
    const spots = [...(shape?.spots ?? []), spot]
    setShape({ tool: hand.tool, spots, loose: spot, isErasing: shape?.isErasing ?? isAlt })
    setTold({ what: 'corner', spot, count: spots.length })
  }

  return {
    told,
    onKeyDown(event) {
      if (event.ctrlKey || event.metaKey) return
      const direction = directions[event.key]
      if (direction) move(direction, event.shiftKey)
      else if (event.key === 'Enter') press(event.shiftKey, event.altKey)
      else if (event.key === 'Escape' && shape) setShape(null)
      else return
      event.preventDefault()
      event.stopPropagation()
    },
  }
}
