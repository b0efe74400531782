import type { DaemonEvent } from '@contract/events'
import { fault } from '@contract/fault'
import { exitCodes } from './exit-code'
import { Refused, type Session } from './session'
import type { Terminal } from './terminal'

/**
 * Reads once, and again after every event that concerns it, until `read` says that it was the last time (exit 0) or
 * Ctrl-C (exit 130). Throws `Refused` (`daemon_unreachable`) when the daemon goes away.
 */
export async function untilInterrupted(
  terminal: Terminal,
  session: Session,
  read: () => Promise<boolean>,
  concerns: (event: DaemonEvent) => boolean,
  session_id?: string,
): Promise<number> {
  let isStale = true
  let wake: () => void = () => undefined
  let isInterrupted = false
  const lookAgain = () => {
    isStale = true
    wake()
  }
  const hear = (event: DaemonEvent) => {
    if (concerns(event)) lookAgain()
  }
  const undoListen = await session.listen(hear, {
    missed: lookAgain,
    ...(session_id === undefined ? {} : { session_id }),
  })
  const undoInterrupt = terminal.onInterrupt(() => {
    isInterrupted = true
    wake()
  })
  let isLost = false
  void session.lost.then(() => {
    isLost = true
    wake()
  })
  try {
    for (;;) {
      if (isInterrupted) return exitCodes.cancelled
      if (isLost) throw new Refused(fault('daemon_unreachable', 'The daemon went away.'))
      if (isStale) {
        isStale = false
        if (await read()) return exitCodes.ok
      } else await new Promise<void>((resolve) => (wake = resolve))
    }
  } finally {
    undoInterrupt()
    undoListen()
  }
}
