import type { DaemonCalls } from '@contract/calls'
import type { GivenOf, OutputOf } from '@contract/define'
import type { DaemonEvent } from '@contract/events'
import type { Fault } from '@contract/fault'
import { fault } from '@contract/fault'
import type { DaemonState } from '@contract/routes'
import { answer } from '../daemon/index'
import type { Assets } from './daemon-ports'

/** A fault on its way to the exit code. */
export class Refused extends Error {
  override readonly name = 'Refused'
  constructor(
    readonly fault: Fault,
    options?: ErrorOptions,
  ) {
    super(fault.detail, options)
  }
}

/** What is listened for. */
export interface About {
  /** Only this chat, where the daemon can tell them apart; what concerns everybody comes too. */
  readonly session_id?: string
  /** Events are missing and won't come: whoever follows something looks at what is stored. */
  readonly missed?: () => void
}

/** A daemon that answers: another process's, or one of this command's own. */
export interface Session {
  /** Asks the daemon; the input is checked as if it came from a window. Throws `Refused`. */
  ask<K extends keyof DaemonCalls>(name: K, input: GivenOf<DaemonCalls[K]>): Promise<OutputOf<DaemonCalls[K]>>
  /** Bytes in and out. Throws `Refused`. */
  readonly assets: Assets
  /** Events from the moment it resolves; answers the undo. */
  listen(hear: (event: DaemonEvent) => void, about?: About): Promise<() => void>
  /** Resolves when the daemon is out of reach; never for one of this command's own. */
  readonly lost: Promise<void>
  /** It lives as long as this command: what it starts ends with it. */
  readonly isOwn: boolean
}

export async function orRefuse<T>(work: () => Promise<T> | T): Promise<T> {
  let surprise: unknown
  const answered = await answer(work, (thrown) => {
    surprise = thrown
    return ''
  })
  if (answered.ok) return answered.value
  // What nobody foresaw goes to the one place that writes it down.
  throw answered.fault.code === 'bug' ? surprise : new Refused(answered.fault)
}

/** The same door; what it refuses is on its way to the exit code. */
export const refusing = (assets: Assets): Assets => ({
  import: (source, signal) => orRefuse(() => assets.import(source, signal)),
  open: (id, role, range) => orRefuse(() => assets.open(id, role, range)),
  partial: (id) => assets.partial(id),
})

/** A routes file that was refused says so itself, with line and column. */
export async function refuseRepair(session: Session): Promise<DaemonState> {
  const state = await session.ask('daemon.state', {})
  if (state.phase === 'repair' || state.phase === 'failed') throw new Refused(state.fault)
  return state
}

/** A missing key and a broken routes file say what to do, where `not_ready` could not. */
export async function refuseUnready(session: Session): Promise<void> {
  const state = await refuseRepair(session)
  if (state.phase !== 'setup') return
  const { route_id, slot_id } = state
  throw new Refused(
    fault(
      'route_auth_ref_missing',
      `The route ${route_id} has no key. Store it with: kheish secrets set ${slot_id} --from-env OPENROUTER_API_KEY`,
      { file: '', route_id, slot_id },
    ),
  )
}
