import { Worker } from 'node:worker_threads'
import type { DigestAnswer, DigestQuestion, FileDigest } from '../../ports/file-digest'
import { digestOf } from './digest'

/** A thread without work ends after this. */
const idleMs = 10_000

interface Thread {
  readonly worker: Worker
  readonly asked: Map<
    number,
    { readonly resolve: (sha256: string) => void; readonly reject: (error: Error) => void }
  >
  idle?: NodeJS.Timeout
}

/**
 * Hashes in a thread of its own, which begins with the first file and ends when there are none. `file` is the built
 * `hash-thread.js`; without one it is hashed here, in pieces.
 */
export function createFileDigest(file: string | undefined): FileDigest {
  if (file === undefined) return { of: digestOf, close: () => Promise.resolve() }
  let thread: Thread | undefined
  let lastId = 0

  function begin(path: string): Thread {
    const worker = new Worker(path)
    const begun: Thread = { worker, asked: new Map() }
    worker.unref()
    worker.on('message', (answer: DigestAnswer) => {
      const asked = begun.asked.get(answer.id)
      begun.asked.delete(answer.id)
      if ('sha256' in answer) asked?.resolve(answer.sha256)
      else asked?.reject(Object.assign(new Error('a file was not read'), { code: answer.code }))
      if (begun.asked.size === 0) rest(begun)
    })
    worker.once('error', (error) => lose(begun, error as Error))
    worker.once('exit', () => lose(begun, new Error('the thread that hashes has ended')))
    return begun
  }

  function rest(resting: Thread): void {
    resting.worker.unref()
    resting.idle = setTimeout(() => {
      if (thread === resting) thread = undefined
      void resting.worker.terminate()
    }, idleMs)
    resting.idle.unref()
  }

  function lose(lost: Thread, why: Error): void {
    if (thread === lost) thread = undefined
    clearTimeout(lost.idle)
    for (const { reject } of lost.asked.values()) reject(why)
    lost.asked.clear()
  }

  return {
    of: (fd) =>
      new Promise((resolve, reject) => {
        const { worker, asked, idle } = (thread ??= begin(file))
        clearTimeout(idle)
        // What waits for a digest is waited for.
        worker.ref()
        const id = ++lastId
        asked.set(id, { resolve, reject })
        worker.postMessage({ id, fd } satisfies DigestQuestion)
      }),
    close: async () => void (await thread?.worker.terminate()),
  }
}
