import { type RefObject, useEffect, useRef, useState } from 'react'
import { brushPixels } from '../mask/brush-size'
import type { Mask } from '../mask/mask'
import type { Rect, Spot } from '../mask/rect'
import { areaOf, isShapeTool, type Shape, withSpot } from './shape'
import type { Hand } from './tools'
import type { View } from './use-view'

export interface Painting {
  readonly shape: Shape | null
  readonly setShape: (shape: Shape | null) => void
  /** Pixels of the picture. */
  readonly brush: number
}

/**
 * Marks with mouse, pen and finger. Every place that the pointer went through counts, also those between two frames;
 * `onPainted` tells which pixels changed, `onSpot` where the pointer is (null: away).
 */
export function usePainting(
  box: RefObject<HTMLElement | null>,
  given: {
    readonly view: View
    readonly mask: Mask
    readonly hand: Hand
    readonly onPainted: (rect: Rect) => void
    readonly onSpot: (spot: Spot | null) => void
  },
): Painting {
  const [shape, setShape] = useState<Shape | null>(null)
  const brush = brushPixels(given.hand.size, Math.max(given.mask.width, given.mask.height))
  const newest = useRef({ ...given, shape, brush })
  newest.current = { ...given, shape, brush }

  useEffect(() => {
    const element = box.current
    if (!element) return
    const controller = new AbortController()
    const { signal } = controller
    let last: Spot | null = null

    const widthOf = (event: PointerEvent): number =>
      newest.current.brush * (event.pointerType === 'pen' ? 0.3 + 0.7 * event.pressure : 1)
    const stroke = (from: Spot, to: Spot, event: PointerEvent): void => {
      const { mask, hand, onPainted } = newest.current
      onPainted(mask.line(from, to, widthOf(event), (hand.tool === 'eraser') !== event.altKey))
    }
    const change = (next: Shape | null): void => {
      newest.current.shape = next
      setShape(next)
    }
    const onDown = (event: PointerEvent): void => {
      if (event.button !== 0 || event.defaultPrevented) return
      const { view, hand } = newest.current
      element.setPointerCapture(event.pointerId)
      const spot = view.spotOf(event)
      last = spot
      if (isShapeTool(hand.tool))
        change({ tool: hand.tool, spots: [spot], loose: spot, isErasing: event.altKey })
      else stroke(spot, spot, event)
    }
    const onMove = (event: PointerEvent): void => {
      const { view, shape: drawn, onSpot } = newest.current
      onSpot(view.spotOf(event))
      if (!last) return
      const places = event.getCoalescedEvents()
      const spots = (places.length > 0 ? places : [event]).map((place) => view.spotOf(place))
      if (drawn) {
        change(spots.reduce((now, spot) => withSpot(now, spot, 2 / view.lie.scale), drawn))
      } else {
        for (const spot of spots) {
          stroke(last, spot, event)
          last = spot
        }
      }
    }
    const onUp = (): void => {
      if (!last) return
      last = null
      const { mask, shape: drawn } = newest.current
      if (drawn) mask.fill(areaOf(drawn), drawn.isErasing)
      change(null)
      mask.close()
    }
    element.addEventListener('pointerdown', onDown, { signal })
    element.addEventListener('pointermove', onMove, { signal })
    element.addEventListener('lostpointercapture', onUp, { signal })
    element.addEventListener('pointerleave', () => last ?? newest.current.onSpot(null), { signal })
    return () => {
      onUp()
      controller.abort()
    }
  }, [box])

  return { shape, setShape, brush }
}
