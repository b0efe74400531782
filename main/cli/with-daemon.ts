import { setTimeout as after } from 'node:timers/promises'
import { withOwnDaemon } from './own-daemon'
import { reach } from './reach'
import { Refused, type Session } from './session'
import type { Terminal } from './terminal'

/** A daemon that holds the state root may still be on its way to its socket, or on its way out. */
const patienceMs = 3_000
const pauseMs = 100

/**
 * Runs one command on the daemon that serves the state root; where nobody does, on one of its own in this process.
 * Throws `Refused`.
 */
export async function withDaemon<T>(terminal: Terminal, work: (session: Session) => Promise<T>): Promise<T> {
  // By the clock: a daemon that was stopped takes long to say nothing.
  const until = performance.now() + patienceMs
  for (;;) {
    const remote = await reach(terminal)
    if (remote) {
      try {
        return await work(remote)
      } finally {
        remote.close()
      }
    }
    let isServed = false
    try {
      return await withOwnDaemon(terminal, (session) => {
        isServed = true
        return work(session)
      })
    } catch (error) {
      if (isServed || performance.now() >= until || !isInUse(error)) throw error
    }
    await after(pauseMs)
  }
}

const isInUse = (error: unknown): boolean =>
  error instanceof Refused && error.fault.code === 'state_root_in_use'
