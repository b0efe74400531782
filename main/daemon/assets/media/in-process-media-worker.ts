import type { MediaWorker } from '../../ports/media'
import { cancelled } from './cancelled'
import { processMedia } from './process-media'

/** Looks at files in this process: nothing protects it from them. For tests, and where nothing can be forked. */
export function inProcessMediaWorker(): MediaWorker {
  return {
    async process(job, signal, progress) {
      if (signal.aborted) throw cancelled()
      const result = await processMedia(job, progress)
      if (signal.aborted) throw cancelled()
      return result
    },
    close: () => Promise.resolve(),
  }
}
