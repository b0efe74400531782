import { setTimeout as after } from 'node:timers/promises'
import { fault } from '@contract/fault'
import type { RunView } from '@contract/runs'
import type { Followed, GivenRun } from './follow-run'
import { followRun } from './follow-run'
import type { Interrupts } from './interrupts'
import { isLost } from './lost'
import { reach, type Remote } from './reach'
import { Refused, type Session } from './session'
import { approvalTeller } from './tell-approvals'
import type { Terminal } from './terminal'
import type { TextTap } from './text-tap'

export interface Patience {
  readonly terminal: Terminal
  /** Said about the run, not of it. */
  readonly say: (text: string) => void
  readonly interrupts: Interrupts
  readonly tap: TextTap
  readonly reconnectMs: number
}

const pauseMs = 200

/**
 * Follows a run to its end, also across a restart of its daemon: looks for the daemon that comes back and goes on
 * where the tap stopped. Throws `Refused` (`daemon_unreachable`) when none does.
 */
export async function followPatiently(on: Patience, first: Session, request: GivenRun): Promise<Followed> {
  let session = first
  let again: Remote | undefined
  let run: RunView | undefined
  try {
    for (;;) {
      try {
        const accept = (accepted: RunView) => {
          run = accepted
          if (accepted.queued_position !== undefined)
            on.say(`kheish: queued, place ${accepted.queued_position}\n`)
          // It may have ended by itself in the same moment, and so may the daemon.
          const ask = session
          on.interrupts.cancelWith(
            () => void ask.ask('runs.cancel', { run_id: accepted.run_id }).catch(() => undefined),
          )
        }
        return await followRun(session, request, on.tap, accept, approvalTeller(session, on.say))
      } catch (error) {
        if (!isLost(error)) throw error
      }
      again?.close()
      on.say(`kheish: the daemon went away; looking for it for ${on.reconnectMs / 1_000} s\n`)
      again = await on.interrupts.withoutDaemon(() => lookFor(on))
      if (!again) throw new Refused(unreachable(on.tap, request, run))
      on.say('kheish: the daemon is back\n')
      session = again
    }
  } finally {
    again?.close()
  }
}

/** The daemon that serves the state root, as soon as there is one again. */
async function lookFor({ terminal, reconnectMs, interrupts }: Patience): Promise<Remote | undefined> {
  let hasLeft = false
  interrupts.left.catch(() => (hasLeft = true))
  const until = performance.now() + reconnectMs
  for (;;) {
    const found = await reach(terminal).catch(() => undefined)
    if (found || hasLeft || performance.now() > until) return found
    await after(pauseMs)
  }
}

function unreachable(tap: TextTap, { session_id }: GivenRun, run: RunView | undefined) {
  const rest = run
    ? `What it kept of the answer is shown by: kheish runs get ${run.run_id} --output --skip-bytes ${tap.saidBytes()}`
    : `Whether the message arrived is shown by: kheish sessions transcript ${session_id}`
  return fault('daemon_unreachable', `The daemon went away and did not come back. ${rest}`)
}
