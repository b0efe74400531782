import type { AssetId } from '@contract/ids'
import type { Clock } from '../ports/clock'
import type { Log } from '../ports/log'
import type { Store } from '../ports/store'
import type { Purge } from '../ports/upkeep'

/** How long a deleted chat can be brought back. Milliseconds. */
export const restorableFor = 30_000

interface Ports {
  readonly store: Store
  readonly clock: Clock
  readonly log: Log
  /** Chats are gone for good, with their runs and with assets that were made of their inputs. */
  readonly purged: (assets: readonly AssetId[]) => void
}

export function createPurge({ store, clock, log, purged }: Ports): Purge {
  const pending = new Set<() => void>()
  const sweep = (before: number) => {
    try {
      const { gone, buried } = store.transaction(() => {
        const sessions = store.sessions.purgeDeleted(before)
        const made = sessions.flatMap((id) => store.derivations.removeOf(id))
        return { gone: sessions, buried: made.flatMap((id) => store.assets.release(id, clock.now())) }
      })
      if (gone.length === 0) return
      log.info('purged', { sessions: gone.length })
      purged(buried)
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
