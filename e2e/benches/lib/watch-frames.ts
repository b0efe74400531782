import type { Page } from 'playwright'

/** Starts to record every frame's length and every long task; the answer ends it. Milliseconds. */
export async function watchFrames(
  page: Page,
): Promise<() => Promise<{ readonly gaps: readonly number[]; readonly tasks: readonly number[] }>> {
  const recording = await page.evaluateHandle(() => {
    const gaps: number[] = []
    const tasks: number[] = []
    const observer = new PerformanceObserver((list) =>
      tasks.push(...list.getEntries().map((entry) => entry.duration)),
    )
    observer.observe({ type: 'longtask' })
    let last = performance.now()
    let isOver = false
    const next = (now: number) => {
      gaps.push(now - last)
      last = now
      if (!isOver) requestAnimationFrame(next)
    }
    requestAnimationFrame(next)
    return {
      stop: () => {
        isOver = true
        observer.disconnect()
        return { gaps, tasks }
      },
    }
  })
  return () => recording.evaluate((each) => each.stop())
}
