import { useEffect, useState } from 'react'

/** Tiles drawn in one frame: a few milliseconds. */
const step = 6

/** How many of `wanted` are drawn by now: a few more in every frame, so that none of them is long. */
export function useGrowing(wanted: number): number {
  const [drawn, setDrawn] = useState(step)
  useEffect(() => {
    if (wanted === 0) return setDrawn(step)
    if (drawn >= wanted) return
    const frame = requestAnimationFrame(() => setDrawn(drawn + step))
    return () => cancelAnimationFrame(frame)
  }, [drawn, wanted])
  return Math.min(drawn, wanted)
}
