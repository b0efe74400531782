import { join } from 'node:path'
import { daemonCalls } from '@contract/calls'
import type { DaemonCalls } from '@contract/calls'
import type { GivenOf, InputOf, OutputOf } from '@contract/define'
import type { DaemonEvent } from '@contract/events'
import type { Fault } from '@contract/fault'
import { fault } from '@contract/fault'
import type { DaemonState } from '@contract/routes'
import { answer, startDaemon, stateRootFor } from '../daemon/index'
import type { Terminal } from './terminal'

type Daemon = Awaited<ReturnType<typeof startDaemon>>

/** A fault on its way to the exit code. */
export class Refused extends Error {
  override readonly name = 'Refused'
  constructor(readonly fault: Fault) {
    super(fault.detail)
  }
}

export interface Session {
  /** Asks the daemon; the input is checked as if it came from a window. Throws `Refused`. */
  ask<K extends keyof DaemonCalls>(name: K, input: GivenOf<DaemonCalls[K]>): Promise<OutputOf<DaemonCalls[K]>>
  state(): DaemonState
  /** Events from now on; answers the undo. */
  listen(hear: (event: DaemonEvent) => void): () => void
}

/** Runs one command on a daemon of its own in this process. Throws `Refused`, `state_root_in_use` among the faults. */
export async function withDaemon<T>(terminal: Terminal, work: (session: Session) => Promise<T>): Promise<T> {
  const keychain = terminal.openKeychain()
  const hearing = new Set<(event: DaemonEvent) => void>()
  const routesFile = terminal.env['KHEISH_ROUTES_FILE']?.trim()
  let daemon: Daemon | undefined
  try {
    daemon = await orRefuse(() =>
      startDaemon({
        stateRoot: stateRootOf(terminal),
        ...(routesFile ? { routesFile: terminal.resolve(routesFile) } : {}),
        isPassive: true,
        env: terminal.env,
        version: terminal.version,
        keychain,
        browser: noBrowser,
        publish: (event) => {
          for (const hear of hearing) hear(event)
        },
      }),
    )
    const { handlers } = daemon
    const running = daemon
    return await work({
      async ask(name, input) {
        const parsed = daemonCalls[name].input.safeParse(input)
        if (!parsed.success) throw new Refused(badInput(name, parsed.error.issues))
        const handle = handlers[name] as (input: unknown) => OutputOf<DaemonCalls[typeof name]>
        return orRefuse(() => handle(parsed.data as InputOf<DaemonCalls[typeof name]>))
      },
      state: () => running.state(),
      listen: (hear) => {
        hearing.add(hear)
        return () => hearing.delete(hear)
      },
    })
  } finally {
    await daemon?.stop()
    await keychain.close()
  }
}

/** All state of the product is under this folder, whoever starts it. */
export const stateRootOf = ({ env, platform, home, resolve }: Terminal): string =>
  resolve(stateRootFor({ env, platform, home }))

/** The routes file that a start would read. */
export const routesFileOf = (terminal: Terminal): string => {
  const chosen = terminal.env['KHEISH_ROUTES_FILE']?.trim()
  return chosen ? terminal.resolve(chosen) : join(stateRootOf(terminal), 'routes.toml')
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

/** A routes file that was refused says so itself, with line and column. */
export function refuseRepair(state: DaemonState): void {
  if (state.phase === 'repair') throw new Refused(state.fault)
}

/** Says where it is wrong, never what stood there. */
function badInput(call: string, issues: readonly { readonly path: readonly PropertyKey[] }[]): Fault {
  const places = issues.map((issue) => issue.path.map(String).join('.') || 'the input').join(', ')
  return fault('call_refused', `Not as expected: ${places}.`, { call })
}

const noBrowser = {
  open: () => Promise.reject(new Error('there is no browser here')),
  awaitCallback: () => Promise.reject(new Error('there is no browser here')),
}
