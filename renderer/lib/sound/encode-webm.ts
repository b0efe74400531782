import type { WebmDone, WebmTask } from './webm-worker'

/** Longer than any machine takes for 30 s of sound; whoever waits then has the samples still. */
const longestMs = 8_000

let worker: Worker | undefined
let lastId = 0
const waiting = new Map<number, (bytes: ArrayBuffer | null) => void>()

/** The samples as webm with opus; null where that can't be had. They are copied, and stay as they are. */
export function encodeWebm(samples: Int16Array): Promise<ArrayBuffer | null> {
  const id = ++lastId
  const done = new Promise<ArrayBuffer | null>((resolve) => {
    const timer = setTimeout(() => settle(id, null), longestMs)
    waiting.set(id, (bytes) => {
      clearTimeout(timer)
      resolve(bytes)
    })
  })
  try {
    worker ??= openWorker()
    const task: WebmTask = { id, samples: new Int16Array(samples).buffer }
    worker.postMessage(task, [task.samples])
  } catch {
    settle(id, null)
  }
  return done
}

function settle(id: number, bytes: ArrayBuffer | null): void {
  waiting.get(id)?.(bytes)
  waiting.delete(id)
}

function openWorker(): Worker {
  const opened = new Worker(new URL('./webm-worker.ts', import.meta.url), { type: 'module' })
  opened.addEventListener('message', (event: MessageEvent<WebmDone>) =>
    settle(event.data.id, event.data.bytes),
  )
  opened.addEventListener('error', () => {
    for (const id of waiting.keys()) settle(id, null)
    worker = undefined
  })
  return opened
}
