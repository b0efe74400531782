import { app, utilityProcess } from 'electron'
import { mediaEnvironment, type ForkMedia } from '../daemon/ports/media-child'

/** Forks `file` (the built `media-child.js`) as a utility process: what looks at strangers' files is never this one. */
export function utilityMediaForker(file: string): ForkMedia {
  return () => {
    const child = utilityProcess.fork(file, [], {
      env: mediaEnvironment(process.env),
      serviceName: 'Kheish media',
      stdio: 'ignore',
    })
    return {
      get pid() {
        return child.pid
      },
      residentKib: () => app.getAppMetrics().find(({ pid }) => pid === child.pid)?.memory.workingSetSize,
      ask: (question) => child.postMessage(question),
      hear: (listener) => void child.on('message', listener),
      ended: (listener) => void child.once('exit', listener),
      kill: () => void child.kill(),
    }
  }
}
