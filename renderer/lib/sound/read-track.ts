import type { TrackNews, TrackTask } from './track-worker'

/** So many pieces of 10 ms wait until the worker has time: ten seconds. */
const mostWaiting = 1_000

/**
 * The sound of a track at `soundRate`, some frames at a time, until it ends. An `AudioContext` hears in time or not at
 * all: what it is late for is gone. What is read here waits. A worker reads: a page has more to do whenever something
 * comes to it, and a hundred times a second that is most of what recording costs.
 */
export function readTrack(
  track: MediaStreamAudioTrack,
  onSound: (sound: Int16Array) => unknown,
): Promise<void> {
  const { readable } = new MediaStreamTrackProcessor({ track, maxBufferSize: mostWaiting })
  const worker = new Worker(new URL('./track-worker.ts', import.meta.url), { type: 'module' })
  const ended = new Promise<void>((resolve, reject) => {
    worker.addEventListener('message', ({ data }: MessageEvent<TrackNews>) => {
      if (data instanceof ArrayBuffer) onSound(new Int16Array(data))
      else if (data === null) resolve()
      else reject(new Error(data))
    })
    worker.addEventListener('error', (event) => reject(new Error(event.message)))
  })
  const task: TrackTask = { readable }
  worker.postMessage(task, [readable])
  return ended.finally(() => worker.terminate())
}
