import type { MediaWorker } from '../../ports/media'
import { cancelled } from '../asset-failures'

/** Looks at files in this process: nothing protects it from them. For tests, and where nothing can be forked. */
export function inProcessMediaWorker(): MediaWorker {
  return {
    async process(job, signal, progress) {
      if (signal.aborted) throw cancelled()
      const { processMedia } = await import('./process-media')
      const result = await processMedia(job, progress)
      if (signal.aborted) throw cancelled()
      return result
    },
    close: () => Promise.resolve(),
  }
}
