import { availableParallelism } from 'node:os'
import { Failure } from '../../core/failure'
import { invalid } from '../../core/media-types/refuse'
import type { MediaWorker } from '../../ports/media'
import type {
  ForkMedia,
  MediaAnswer,
  MediaChild,
  MediaQuestion,
  MediaTask,
  MediaTasks,
} from '../../ports/media-child'
import { cancelled } from '../asset-failures'
import { watchMemory } from './watch-memory'

export interface MediaWorkerLimits {
  /** One file may take this long. */
  readonly time_ms: number
  /** And half an hour of sound, which is decoded whole, this long. */
  readonly sound_ms: number
  /** And its process be this large, resident. */
  readonly memory_bytes: number
  /** A process without work ends after this. */
  readonly idle_ms: number
  readonly children: number
}

const usual: MediaWorkerLimits = {
  time_ms: 30_000,
  sound_ms: 120_000,
  memory_bytes: 1024 * 1024 * 1024,
  idle_ms: 60_000,
  // A second one pays where two decoders leave cores for everything else.
  children: availableParallelism() >= 4 ? 2 : 1,
}

type Result = MediaTasks[MediaTask]['result']

interface Entry {
  readonly task: MediaTask
  readonly job: MediaTasks[MediaTask]['job']
  readonly progress: ((done: number, all: number) => void) | undefined
  readonly settle: (end: Result | Failure) => void
  /** It was handed out once and its process ended before it had begun. */
  isSecondTime?: true
}

/** A process with at most one file, so that whatever ends it costs that file alone. */
interface Place {
  readonly child: MediaChild
  work?: { readonly id: number; readonly entry: Entry; hasBegun: boolean; readonly stopWatching: () => void }
  idle?: NodeJS.Timeout
}

/**
 * Looks at files in processes of their own, one file each at a time. A process that crashes, takes too long or too much
 * memory is killed and costs the file it had (`decoder_crashed`, `too_slow`, `too_much_memory`); those that wait go to
 * the next one.
 */
export function createMediaWorker(fork: ForkMedia, own: Partial<MediaWorkerLimits> = {}): MediaWorker {
  const limits = { ...usual, ...own }
  const queue: Entry[] = []
  const places = new Set<Place>()
  let lastId = 0
  let isClosed = false

  function hand(): void {
    while (queue.length > 0) {
      const place =
        [...places].find(({ work }) => !work) ?? (places.size < limits.children ? open() : undefined)
      if (!place) return
      begin(place, queue.shift() as Entry)
    }
  }

  function open(): Place {
    const place: Place = { child: fork() }
    places.add(place)
    place.child.hear((answer) => hear(place, answer))
    place.child.ended(() => drop(place, 'ended'))
    return place
  }

  function begin(place: Place, entry: Entry): void {
    clearTimeout(place.idle)
    const patience = entry.task === 'sound' || entry.task === 'join' ? limits.sound_ms : limits.time_ms
    const tooSlow = setTimeout(() => drop(place, 'too_slow'), patience)
    const stop = watchMemory(place.child, limits.memory_bytes, () => drop(place, 'too_much_memory'))
    const id = ++lastId
    const stopWatching = () => {
      clearTimeout(tooSlow)
      stop()
    }
    place.work = { id, entry, hasBegun: false, stopWatching }
    place.child.ask({ id, task: entry.task, job: entry.job } as MediaQuestion)
  }

  function hear(place: Place, answer: MediaAnswer): void {
    const { work } = place
    if (work?.id !== answer.id) return
    if ('done' in answer) {
      work.hasBegun = true
      work.entry.progress?.(answer.done, answer.all)
      return
    }
    release(place)
    place.idle = setTimeout(() => drop(place, 'idle'), limits.idle_ms)
    place.idle.unref()
    work.entry.settle('result' in answer ? answer.result : new Failure(answer.fault))
    hand()
  }

  function release(place: Place): void {
    place.work?.stopWatching()
    delete place.work
  }

  /** Ends a process; what it had fails, or is asked again where its process was gone before it could begin. */
  function drop(place: Place, why: 'ended' | 'idle' | 'too_slow' | 'too_much_memory' | 'cancelled'): void {
    if (!places.delete(place)) return
    const { work } = place
    release(place)
    clearTimeout(place.idle)
    if (why !== 'ended') place.child.kill()
    if (work) {
      if (why === 'ended' && !work.hasBegun && !work.entry.isSecondTime)
        queue.unshift(Object.assign(work.entry, { isSecondTime: true as const }))
      else work.entry.settle(why === 'cancelled' || why === 'idle' ? cancelled() : lost(why))
    }
    if (!isClosed) hand()
  }

  const doing =
    <Task extends MediaTask>(task: Task) =>
    (
      job: MediaTasks[Task]['job'],
      signal: AbortSignal,
      progress?: (done: number, all: number) => void,
    ): Promise<MediaTasks[Task]['result']> =>
      new Promise((resolve, reject) => {
        const abort = () => {
          const place = [...places].find(({ work }) => work?.entry === entry)
          if (place) return drop(place, 'cancelled')
          const waiting = queue.indexOf(entry)
          if (waiting >= 0) queue.splice(waiting, 1)
          entry.settle(cancelled())
        }
        const entry: Entry = {
          task,
          job,
          progress,
          settle: (end) => {
            signal.removeEventListener('abort', abort)
            if (end instanceof Failure) reject(end)
            else resolve(end)
          },
        }
        if (isClosed || signal.aborted) return entry.settle(cancelled())
        signal.addEventListener('abort', abort)
        queue.push(entry)
        hand()
      })

  return {
    process: doing('process'),
    region: doing('region'),
    compose: doing('compose'),
    sound: doing('sound'),
    joinSounds: (sources, out, signal = new AbortController().signal) =>
      doing('join')({ sources, out }, signal),
    close() {
      isClosed = true
      for (const entry of queue.splice(0)) entry.settle(cancelled())
      for (const place of places) drop(place, 'cancelled')
      return Promise.resolve()
    },
  }
}

function lost(why: 'ended' | 'too_slow' | 'too_much_memory'): Failure {
  if (why === 'too_slow') return invalid('too_slow', 'This file took too long to read and was given up')
  if (why === 'too_much_memory')
    return invalid('too_much_memory', 'This file needed too much memory and was given up')
  return invalid('decoder_crashed', 'This file is damaged: reading it ended the program that reads files')
}
