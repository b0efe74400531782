import type { Clock } from '../ports/clock'
import type { Log } from '../ports/log'
import type { Store } from '../ports/store'
import type { Purge } from '../ports/upkeep'

/** How long a deleted chat can be brought back. Milliseconds. */
export const restorableFor = 30_000

export function createPurge({ store, clock, log }: { store: Store; clock: Clock; log: Log }): Purge {
  const pending = new Set<() => void>()
  const sweep = (before: number) => {
    try {
      const gone = store.sessions.purgeDeleted(before)
      if (gone.length > 0) log.info('purged', { sessions: gone.length })
    } catch (error) {
      log.surprise(error)
    }
  }
  return {
    schedule() {
      const deletedAt = clock.now()
      const undo = clock.after(restorableFor, () => {
        pending.delete(undo)
        sweep(deletedAt + 1)
      })
      pending.add(undo)
      return restorableFor
    },
    sweepAll: sweep,
    stop() {
      for (const undo of pending) undo()
      pending.clear()
    },
  }
}
