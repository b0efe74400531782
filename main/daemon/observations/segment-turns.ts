/** Runs work one after the other for each name, and at most so many of another kind at a time. */
export interface SegmentTurns {
  inTurn<T>(name: string, work: () => Promise<T>): Promise<T>
  /** Resolves when all that was asked until now is done. */
  settled(name: (name: string) => boolean): Promise<void>
}

export function createSegmentTurns(): SegmentTurns {
  const last = new Map<string, Promise<unknown>>()
  return {
    inTurn(name, work) {
      const mine = (last.get(name) ?? Promise.resolve()).then(work)
      const quiet = mine.then(nothing, nothing).then(() => {
        if (last.get(name) === quiet) last.delete(name)
      })
      last.set(name, quiet)
      return mine
    },
    async settled(isMeant) {
      await Promise.all([...last].flatMap(([name, work]) => (isMeant(name) ? [work] : [])))
    },
  }
}

/** At most `many` pieces of work at a time; who waits longest is next. */
export function createGate(many: number): <T>(work: () => Promise<T>) => Promise<T> {
  let free = many
  const waiting: (() => void)[] = []
  return async (work) => {
    if (free > 0) free -= 1
    else await new Promise<void>((go) => waiting.push(go))
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else free += 1
    }
  }
}

const nothing = () => undefined
