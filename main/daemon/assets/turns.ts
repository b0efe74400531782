/** Runs one piece of work after the other, in the order in which they came. */
export type InTurn = <T>(work: () => Promise<T> | T) => Promise<T>

export function createTurn(): InTurn {
  let last: Promise<unknown> = Promise.resolve()
  return (work) => {
    const mine = last.then(work)
    last = mine.catch(() => undefined)
    return mine
  }
}

export interface Slots {
  /** Whether one would have to wait. */
  areTaken(): boolean
  /** Waits for a free one; answers how to give it back, which may be said twice. Rejects when the signal aborts. */
  take(signal: AbortSignal): Promise<() => void>
}

/** At most `many` at a time; who waits longest is next. */
export function createSlots(many: number): Slots {
  let free = many
  const waiting = new Set<() => void>()

  function giver(): () => void {
    let isGiven = false
    return () => {
      if (isGiven) return
      isGiven = true
      free += 1
      const [next] = waiting
      next?.()
    }
  }

  return {
    areTaken: () => free === 0,
    take: (signal) =>
      new Promise((resolve, reject) => {
        const stop = () => {
          waiting.delete(enter)
          reject(signal.reason as Error)
        }
        const enter = () => {
          waiting.delete(enter)
          signal.removeEventListener('abort', stop)
          free -= 1
          resolve(giver())
        }
        if (signal.aborted) stop()
        else if (free > 0) enter()
        else {
          waiting.add(enter)
          signal.addEventListener('abort', stop, { once: true })
        }
      }),
  }
}
