import { createRequire } from 'node:module'
import { Worker } from 'node:worker_threads'

/** `unknown`: it was stopped before it knew. */
export type Verdict = 'sound' | 'damaged' | 'unknown'

export interface Inspection {
  /** Rejects when the file could not be looked at for another reason than its damage. */
  readonly verdict: Promise<Verdict>
  /** The answer is wanted no more. The process still outlives the look that is under way. */
  stop(): void
}

// Text and not a file: it needs nothing of the project, and a bundle would have to know where its file lies.
const work = `
  const { parentPort, workerData } = require('node:worker_threads')
  const Sqlite = require(workerData.library)
  try {
    const db = new Sqlite(workerData.file, { readonly: true })
    const said = db.pragma('quick_check(1)', { simple: true })
    db.close()
    parentPort.postMessage(said === 'ok' ? 'sound' : 'damaged')
  } catch (error) {
    if (!/^SQLITE_(CORRUPT|NOTADB)/.test(error.code)) throw error
    parentPort.postMessage('damaged')
  }`

/** Reads a whole database, about a second per 100 MB, on a thread of its own; writers go on meanwhile. */
export function inspectFile(file: string): Inspection {
  const library = createRequire(import.meta.url).resolve('better-sqlite3')
  const worker = new Worker(work, { eval: true, workerData: { file, library } })
  worker.unref()
  const verdict = new Promise<Verdict>((resolve, reject) => {
    worker.once('message', resolve)
    worker.once('error', reject)
    worker.once('exit', () => resolve('unknown'))
  })
  return { verdict, stop: () => void worker.terminate() }
}
