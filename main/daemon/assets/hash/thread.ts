/** The thread that hashes files, so that the one that answers does not. A bundle entry of its own. */
import { parentPort } from 'node:worker_threads'
import type { DigestAnswer, DigestQuestion } from '../../ports/file-digest'
import { digestOf } from './digest'

const tell = (answer: DigestAnswer) => parentPort?.postMessage(answer)

parentPort?.on('message', ({ id, fd }: DigestQuestion) => {
  digestOf(fd).then(
    (sha256) => tell({ id, sha256 }),
    (error: unknown) => tell({ id, code: String(Object(error).code) }),
  )
})
