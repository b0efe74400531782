import { fork } from 'node:child_process'
import type { ForkKeychain, KeychainAnswer } from '../ports/keychain-child'

/** Forks `file` (the built `keychain-child.js`) as a Node process: the command line and tests. */
export function nodeKeychainForker(
  file: string,
  env: Readonly<Record<string, string | undefined>> = process.env,
): ForkKeychain {
  return () => {
    const child = fork(file, [], {
      env: { ...env },
      execArgv: [],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    })
    // A waiting call holds its own timer; an idle child holds nobody.
    child.unref()
    child.channel?.unref()
    return {
      ask: (question) => void child.send(question, () => undefined),
      hear: (listener) => void child.on('message', (answer) => listener(answer as KeychainAnswer)),
      ended: (listener) => void child.once('exit', listener).once('error', listener),
      kill: () => void child.kill('SIGKILL'),
    }
  }
}
