import type { ImportStage } from '@contract/assets'
import type { Clock } from '../ports/clock'
import type { Publish } from '../ports/events'

/** An import that can be followed and stopped. */
export interface WatchedImport {
  readonly signal: AbortSignal
  /** A new stage is told at once; within one only now and then. */
  tell(stage: ImportStage, done?: number, all?: number): void
  end(): void
}

export interface ImportWatch {
  begin(importId: string | undefined, signal: AbortSignal | undefined): WatchedImport
  cancel(importId: string): void
  /** Stops all there are and waits until they have ended. */
  stopAll(): Promise<void>
}

/** Milliseconds between two words about one stage. */
const every = 100

export function createImportWatch({ clock, publish }: { clock: Clock; publish: Publish }): ImportWatch {
  const all = new Map<AbortController, { importId: string | undefined; ended: Promise<void> }>()
  return {
    begin(importId, signal) {
      const stop = new AbortController()
      let end = () => undefined as void
      const ended = new Promise<void>((resolve) => (end = resolve))
      all.set(stop, { importId, ended })
      let last: { stage: ImportStage; at: number } | undefined
      return {
        signal: signal ? AbortSignal.any([stop.signal, signal]) : stop.signal,
        tell(stage, done, whole) {
          if (importId === undefined) return
          const at = clock.now()
          if (last?.stage === stage && at - last.at < every) return
          last = { stage, at }
          publish({
            type: 'import.progress',
            import_id: importId,
            stage,
            ...(done === undefined ? {} : { done }),
            ...(whole === undefined ? {} : { all: whole }),
          })
        },
        end() {
          all.delete(stop)
          end()
        },
      }
    },
    cancel(importId) {
      for (const [stop, each] of all) if (each.importId === importId) stop.abort()
    },
    async stopAll() {
      const ending = [...all.values()].map(({ ended }) => ended)
      for (const stop of all.keys()) stop.abort()
      await Promise.all(ending)
    },
  }
}
