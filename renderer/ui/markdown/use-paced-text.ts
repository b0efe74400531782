import { useEffect, useLayoutEffect, useReducer, useRef } from 'react'

/** A render that takes longer than this makes the next one wait. */
const cheapMs = 8
/** Share of the time that rendering a growing text may take: one part in four. */
const restFactor = 3

/**
 * The text to render now: the newest at every frame while rendering it is cheap, and less often when it is not,
 * so that the window stays free for typing and scrolling. A text that no longer grows is shown at once.
 */
export function usePacedText(text: string, isGrowing: boolean): string {
  const begun = performance.now()
  const shown = useRef(text)
  const readyAt = useRef(0)
  const [, wake] = useReducer((count: number) => count + 1, 0)
  const now = !isGrowing || begun >= readyAt.current ? text : shown.current

  useLayoutEffect(() => {
    if (shown.current === now) return
    shown.current = now
    const end = performance.now()
    readyAt.current = end - begun > cheapMs ? end + (end - begun) * restFactor : 0
  })

  useEffect(() => {
    if (now === text) return
    const timer = setTimeout(wake, Math.max(0, readyAt.current - performance.now()))
    return () => clearTimeout(timer)
  }, [now, text])

  return now
}
