import { fork } from 'node:child_process'
import { mediaEnvironment, type ForkMedia, type MediaAnswer } from '../../ports/media-child'

/** Megabytes of JavaScript's own heap; pictures lie outside of it and are watched by the host. */
const heapLimit = 512

/** Forks `file` (the built `media-child.js`) as a Node process: the command line and tests. */
export function nodeMediaForker(
  file: string,
  env: Readonly<Record<string, string | undefined>> = process.env,
): ForkMedia {
  return () => {
    const child = fork(file, [], {
      env: mediaEnvironment(env),
      execArgv: [`--max-old-space-size=${String(heapLimit)}`],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    })
    // A file that is being looked at holds its own timer; an idle child holds nobody.
    child.unref()
    child.channel?.unref()
    return {
      pid: child.pid,
      ask: (question) => void child.send(question, () => undefined),
      hear: (listener) => void child.on('message', (answer) => listener(answer as MediaAnswer)),
      ended: (listener) => void child.once('exit', listener).once('error', listener),
      kill: () => void child.kill('SIGKILL'),
    }
  }
}
