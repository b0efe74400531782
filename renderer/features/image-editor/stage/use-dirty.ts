import { useCallback, useEffect, useRef } from 'react'
import { nothing, type Rect, union } from '../mask/rect'

/** Gathers what has changed and has it drawn once in the next frame. */
export function useDirty(draw: (rect: Rect) => void): (rect: Rect) => void {
  const newest = useRef(draw)
  newest.current = draw
  const frame = useRef(0)
  const dirty = useRef(nothing)
  useEffect(() => () => cancelAnimationFrame(frame.current), [])
  return useCallback((rect) => {
    dirty.current = union(dirty.current, rect)
    if (frame.current !== 0) return
    frame.current = requestAnimationFrame(() => {
      const changed = dirty.current
      dirty.current = nothing
      frame.current = 0
      newest.current(changed)
    })
  }, [])
}
