/**
 * The process that looks at files: a hostile one costs this process and one import. A bundle entry of its own; every
 * library is loaded when the first file that needs it comes.
 */
import { readdirSync } from 'node:fs'
import { constants, setPriority } from 'node:os'
import type { MediaAnswer, MediaQuestion } from '../../ports/media-child'
import { asFailure } from './as-failure'
import { carryOut } from './carry-out'

/** Electron gives a utility process this in place of Node's channel. */
interface ParentPort {
  on(type: 'message', listener: (event: { readonly data: MediaQuestion }) => void): void
  postMessage(answer: MediaAnswer): void
}

const parentPort = (process as { readonly parentPort?: ParentPort }).parentPort
const tell: (answer: MediaAnswer) => void = parentPort
  ? (answer) => parentPort.postMessage(answer)
  : (answer) => void process.send?.(answer)

// Whoever types meanwhile comes first; a system that knows no priorities does without. On Linux a priority is that of
// one thread, and those of the pool are there already.
const threads = process.platform === 'linux' ? readdirSync('/proc/self/task').map(Number) : [process.pid]
for (const thread of threads) {
  try {
    setPriority(thread, constants.priority.PRIORITY_BELOW_NORMAL)
  } catch {
    // As before; or the thread has ended.
  }
}

if (parentPort) {
  parentPort.on('message', ({ data }) => void answer(data))
} else {
  process.on('message', (question: MediaQuestion) => void answer(question))
  // A decoder at work holds a normal exit back.
  process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'))
}

async function answer(question: MediaQuestion): Promise<void> {
  const { id } = question
  try {
    tell({ id, result: await carryOut(question, (done, all) => tell({ id, done, all })) })
  } catch (error) {
    tell({ id, fault: asFailure(error).fault })
  }
}
