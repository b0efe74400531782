import type { CDPSession, Page } from 'playwright'

/** How long the window's main thread worked, by the engine's own count. Milliseconds. */
export interface Busy {
  /** Work done while `doing` ran and for `settle` ms after. */
  during(doing: () => Promise<unknown>, settle?: number): Promise<number>
}

export async function watchBusy(page: Page): Promise<Busy> {
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable', { timeDomain: 'timeTicks' })
  return {
    async during(doing, settle = 120) {
      const before = await taskSeconds(session)
      await doing()
      await new Promise((resolve) => setTimeout(resolve, settle))
      return ((await taskSeconds(session)) - before) * 1000
    },
  }
}

async function taskSeconds(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics')
  return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN
}

export interface Frames {
  readonly fps: number
  /** Tasks over 50 ms, in milliseconds. */
  readonly long_tasks: readonly number[]
}

/** Counts frames and long tasks in the page for `ms`. */
export function countFrames(page: Page, ms: number): Promise<Frames> {
  return page.evaluate(async (length) => {
    const long: number[] = []
    const observer = new PerformanceObserver((list) =>
      long.push(...list.getEntries().map((entry) => entry.duration)),
    )
    observer.observe({ type: 'longtask' })
    const begun = performance.now()
    let frames = 0
    await new Promise<void>((resolve) => {
      const next = () => {
        frames += 1
        if (performance.now() - begun < length) requestAnimationFrame(next)
        else resolve()
      }
      requestAnimationFrame(next)
    })
    const seconds = (performance.now() - begun) / 1000
    observer.disconnect()
    return { fps: frames / seconds, long_tasks: long }
  }, ms)
}
