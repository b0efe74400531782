import { useEffect, useLayoutEffect, useReducer, useRef } from 'react'
import { shownPart } from './bounds'
import { isBestAtOnce, nextPace, startPace } from './pace'

export interface PacedText {
  readonly text: string
  /** More will be shown: it is still coming, or has come faster than it could be drawn. */
  readonly isGrowing: boolean
}

/**
 * The text to render now: the newest at every frame while rendering it is cheap, and less often or in smaller steps
 * when it is not, so that the window stays free for typing and scrolling. A text that does not grow is shown at once.
 */
export function usePacedText(text: string, isGrowing: boolean): PacedText {
  const begun = performance.now()
  const shown = useRef(text)
  const pace = useRef(startPace)
  const wasGrowing = useRef(isGrowing)
  const [, wake] = useReducer((count: number) => count + 1, 0)
  const { step, readyAt } = pace.current
  const isPaced = isGrowing || (wasGrowing.current && !isBestAtOnce(pace.current))
  const isMore = isPaced && shown.current !== text && text.startsWith(shown.current)
  const isTooSoon = isMore && begun < readyAt
  const now = isTooSoon ? shown.current : isMore ? shownPart(text, shown.current.length + step) : text

  useLayoutEffect(() => {
    const added = now.length - shown.current.length
    shown.current = now
    wasGrowing.current = isGrowing || now !== text
    if (added <= 0) return
    pace.current = nextPace(pace.current, begun, performance.now(), added, text.length - now.length)
  })

  useEffect(() => {
    if (now === text) return
    const timer = setTimeout(wake, Math.max(0, pace.current.readyAt - performance.now()))
    return () => clearTimeout(timer)
  }, [now, text])

  return { text: now, isGrowing: isGrowing || now !== text }
}
