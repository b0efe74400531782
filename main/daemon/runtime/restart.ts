import type { Restart } from '../ports/restart'
import type { LiveQueue } from './queue'

interface Needs {
  readonly queue: Pick<LiveQueue, 'activeCount' | 'interruptAll'>
  /** Reads the routes as at a start; never rejects. */
  readonly reload: () => Promise<void>
  /** Tells everybody the state. */
  readonly tell: () => void
  /** What waited may go on. */
  readonly goOn: () => void
  readonly isStopping: () => boolean
  readonly inBackground: (work: Promise<void>) => void
}

/** Restarts the daemon in place: waits until nothing is in flight, then reads the routes again. */
export function createRestart(on: Needs): Restart & {
  /** To be called whenever a run has left its chat free. */
  freed(): void
} {
  let phase: 'none' | 'draining' | 'reloading' = 'none'
  /** Asked for while the routes were being read: the file may have changed since. */
  let isAskedAgain = false

  function reloadWhenFree(): void {
    if (phase !== 'draining' || on.isStopping()) return
    if (on.queue.activeCount() > 0) return on.tell()
    phase = 'reloading'
    on.inBackground(reloadNow())
  }

  async function reloadNow(): Promise<void> {
    try {
      do {
        isAskedAgain = false
        await on.reload()
      } while (isAskedAgain && !on.isStopping())
    } finally {
      phase = 'none'
      if (!on.isStopping()) {
        on.tell()
        on.goOn()
      }
    }
  }

  return {
    runsLeft: () => (phase === 'none' ? undefined : on.queue.activeCount()),
    request(inFlight) {
      isAskedAgain = phase === 'reloading'
      if (phase === 'none') {
        phase = 'draining'
        on.tell()
      }
      if (inFlight === 'interrupt' && phase === 'draining') on.queue.interruptAll()
      reloadWhenFree()
    },
    freed: reloadWhenFree,
  }
}
