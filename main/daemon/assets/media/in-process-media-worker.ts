import type { MediaWorker } from '../../ports/media'
import type { MediaTask, MediaTasks } from '../../ports/media-child'
import { cancelled } from '../asset-failures'
import { tasks } from './carry-out'
import type { Progress } from './process-media'

/** Looks at files in this process: nothing protects it from them. For tests, and where nothing can be forked. */
export function inProcessMediaWorker(): MediaWorker {
  const doing =
    <Task extends MediaTask>(task: Task) =>
    async (job: MediaTasks[Task]['job'], signal: AbortSignal, progress?: Progress) => {
      if (signal.aborted) throw cancelled()
      const result = await tasks[task](job, progress)
      if (signal.aborted) throw cancelled()
      return result
    }
  return {
    process: doing('process'),
    region: doing('region'),
    compose: doing('compose'),
    sound: doing('sound'),
    joinSounds: (sources, out, signal = new AbortController().signal) =>
      doing('join')({ sources, out }, signal),
    close: () => Promise.resolve(),
  }
}
