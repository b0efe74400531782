import type { RunId, SessionId } from '@contract/ids'
import type { Asked } from '../core/runs/step'
import type { RunRecord } from '../ports/store'
import { beginImageRun } from './begin-image-run'
import type { Begun } from './begin-run'
import type { Ended } from './end-run'
import { createImageRun, type ImageRunHandle } from './image-run'
import type { RunPorts } from './run-ports'
import { waitingImages } from './waiting-images'

/**
 * Picture runs that are under way at the same time, of all chats together. They mostly wait for providers: what looks
 * into pictures has its own queue (`create-media-worker`).
 */
export const mostAtOnce = 10

export interface ImageRuns {
  /** Messages for a new run when there is room, and nobody waits before it. Call inside a transaction. */
  beginNow(run: RunRecord): Begun | undefined
  launch(begun: Begun): void
  /** Starts what waits, in order, as far as there is room. */
  resume(): void
  isRunning(id: RunId): boolean
  /** False when it is not under way. The run has ended when this returns. */
  stop(id: RunId, asked: Asked): boolean
  /** Those of a chat, or all; answers the first. */
  stopAll(asked: Asked, session?: SessionId): RunRecord | undefined
  count(): number
}

interface Needs extends RunPorts {
  readonly mayStart: () => boolean
  /** Its messages are there. */
  readonly begun: (begun: Begun) => void
  readonly ended: (ended: Ended, settled: Promise<void>) => void
  readonly changed: (run: RunRecord) => void
}

/** Carries out people's own picture orders, beside whatever else their chats do. */
export function createImageRuns(on: Needs): ImageRuns {
  const { store } = on
  const running = new Map<RunId, ImageRunHandle>()
  const hasRoom = () => running.size < mostAtOnce && on.mayStart()

  function launch(begun: Begun): void {
    const { run } = begun
    on.begun(begun)
    const handle = createImageRun(on, run, (ended) => {
      running.delete(run.run_id)
      on.ended(ended, handle.settled)
      resume()
    })
    running.set(run.run_id, handle)
    on.changed(run)
    handle.begin()
  }

  function resume(): void {
    for (const next of hasRoom() ? waitingImages(store) : []) {
      if (!hasRoom()) break
      // One that failed at once has made room, and what waits was gone through already.
      if (store.runs.get(next.run_id)?.status !== 'queued') continue
      try {
        launch(store.transaction(() => beginImageRun(on, next)))
      } catch (error) {
        // The disk refuses; the run stays queued and the next end or start tries again.
        on.log.surprise(error)
        return
      }
    }
    for (const run of waitingImages(store)) on.changed(run)
  }

  return {
    beginNow: (run) =>
      hasRoom() && waitingImages(store).every(({ run_id }) => run_id === run.run_id)
        ? beginImageRun(on, run)
        : undefined,
    launch,
    resume,
    isRunning: (id) => running.has(id),
    stop(id, asked) {
      const handle = running.get(id)
      handle?.stop(asked)
      return handle !== undefined
    },
    stopAll(asked, session) {
      const meant = [...running.values()].filter(
        ({ run }) => session === undefined || run.session_id === session,
      )
      for (const handle of meant) handle.stop(asked)
      return meant[0]?.run
    },
    count: () => running.size,
  }
}
