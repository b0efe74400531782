import type { Clock } from './clock'

interface Timer {
  readonly at: number
  readonly work: () => void
}

/** A clock that stands still until somebody moves it. */
export interface FakeClock extends Clock {
  /** Moves on, firing what falls due in order and letting promises settle in between. */
  advance(ms: number): Promise<void>
  /** How many timers wait. */
  waiting(): number
}

export function fakeClock(start = 1_700_000_000_000): FakeClock {
  let now = start
  let timers: readonly Timer[] = []

  const after = (ms: number, work: () => void): (() => void) => {
    const timer = { at: now + ms, work }
    timers = [...timers, timer]
    return () => {
      timers = timers.filter((each) => each !== timer)
    }
  }

  return {
    now: () => now,
    after,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason)
        const abort = () => {
          undo()
          reject(signal?.reason)
        }
        const undo = after(ms, () => {
          signal?.removeEventListener('abort', abort)
          resolve()
        })
        signal?.addEventListener('abort', abort, { once: true })
      }),
    waiting: () => timers.length,
    async advance(ms) {
      const end = now + ms
      await settle()
      for (;;) {
        const due = timers.filter((timer) => timer.at <= end).sort((a, b) => a.at - b.at)[0]
        if (!due) break
        timers = timers.filter((each) => each !== due)
        now = Math.max(now, due.at)
        due.work()
        await settle()
      }
      now = end
      await settle()
    },
  }
}

/** Lets every promise that is ready run. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve()
}
