import { utilityProcess } from 'electron'
import type { ForkKeychain } from '../daemon/ports/keychain-child'

/** Forks `file` (the built `keychain-child.js`) as a utility process. */
export function utilityKeychainForker(file: string): ForkKeychain {
  return () => {
    const child = utilityProcess.fork(file, [], { serviceName: 'Kheish keychain', stdio: 'ignore' })
    return {
      ask: (question) => child.postMessage(question),
      hear: (listener) => void child.on('message', listener),
      ended: (listener) => void child.once('exit', listener),
      // Its SIGTERM is not held back by a blocked call: that waits on another thread.
      kill: () => void child.kill(),
    }
  }
}
