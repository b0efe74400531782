import { type RefObject, useCallback, useEffect, useRef } from 'react'
import type { Mask } from '../mask/mask'
import { softEdge, type SoftEdge } from '../mask/soft-edge'

/** Milliseconds until it is worked out though the page is busy. */
const latest = 120

/**
 * The region's edge as it will be laid back, worked out after a deed is done and never while one is under way, which
 * `onPainted` tells. `redraw` is called when there is a new one, and at once where there is none.
 */
export function useSoftEdge(
  mask: Mask,
  feather: number,
  redraw: () => void,
): { readonly edge: RefObject<SoftEdge | null>; readonly onPainted: () => void } {
  const edge = useRef<SoftEdge | null>(null)
  const waiting = useRef(0)
  useEffect(() => {
    const plan = (): void => {
      cancelIdleCallback(waiting.current)
      if (feather > 0 && mask.isMarked)
        waiting.current = requestIdleCallback(
          () => {
            edge.current = softEdge(mask, feather)
            redraw()
          },
          { timeout: latest },
        )
      else {
        edge.current = null
        redraw()
      }
    }
    plan()
    const undo = mask.subscribe(plan)
    return () => {
      undo()
      cancelIdleCallback(waiting.current)
    }
  }, [mask, feather, redraw])
  const onPainted = useCallback(() => {
    cancelIdleCallback(waiting.current)
    edge.current = null
  }, [])
  return { edge, onPainted }
}
