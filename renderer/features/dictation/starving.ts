/** Told when no frame comes any more. A page that stood still is late with both, and hears its frames first. */
export interface Starving {
  /** Waits anew. */
  begin(run: () => void): void
  stop(): void
}

/** So long without a frame, in steps: one that comes late is the page's fault. */
const step = 500
const steps = 3

export function createStarving(): Starving {
  let timer: ReturnType<typeof setTimeout> | undefined
  const wait = (left: number, run: () => void): void => {
    timer = setTimeout(() => (left > 1 ? wait(left - 1, run) : run()), step)
  }
  const stop = (): void => clearTimeout(timer)
  return {
    begin(run) {
      stop()
      wait(steps, run)
    },
    stop,
  }
}
