import type { MediaQuestion, MediaTask, MediaTasks } from '../../ports/media-child'
import type { Progress } from './process-media'

type CarryOut<Task extends MediaTask> = (
  job: MediaTasks[Task]['job'],
  progress?: Progress,
) => Promise<MediaTasks[Task]['result']>

/** Each task, in whatever process this runs in; what it needs is loaded with the first of its kind. */
export const tasks: { readonly [Task in MediaTask]: CarryOut<Task> } = {
  process: async (...given) => (await import('./process-media')).processMedia(...given),
  region: async (job, progress) => {
    progress?.(0, 1)
    return (await import('./prepare-region')).prepareRegion(job)
  },
  compose: async (job, progress) => {
    progress?.(0, 1)
    return (await import('./compose-region')).composeRegion(job)
  },
  sound: async (job, progress) => {
    progress?.(0, 1)
    return (await import('./prepare-sound')).prepareSound(job)
  },
  join: async (job, progress) => {
    progress?.(0, 1)
    return (await import('./join-sounds')).joinSounds(job)
  },
}

/** A question that came from another process. */
export function carryOut(question: MediaQuestion, progress: Progress): ReturnType<CarryOut<MediaTask>> {
  if (question.task === 'process') return tasks.process(question.job, progress)
  if (question.task === 'region') return tasks.region(question.job, progress)
  if (question.task === 'sound') return tasks.sound(question.job, progress)
  if (question.task === 'join') return tasks.join(question.job, progress)
  return tasks.compose(question.job, progress)
}
