import type { Fault } from '@contract/fault'
import type { DaemonState } from '@contract/routes'
import type { Discovery } from '../ports/discovery'
import type { Publish } from '../ports/events'
import type { Restart } from '../ports/restart'
import type { Phase, Routing } from '../ports/routing'

interface Needs {
  readonly routing: Pick<Routing, 'table'> & Pick<Phase, 'state' | 'reload'>
  readonly discovery: Pick<Discovery, 'require'>
  readonly restart: () => Pick<Restart, 'runsLeft'>
  readonly publish: Publish
  /** Up for a single command, which asks nobody what `required` asks for. */
  readonly isPassive: boolean
  readonly isStopping: () => boolean
  /** Hosts of providers, which logs don't name. */
  readonly learnHost: (host: string) => void
  /** The routes were read and work. */
  readonly ready: () => void
  /** Nothing more may touch the store. */
  readonly broke: () => void
}

/** Where the daemon stands: the routes as they were read last, and what keeps it from working with them. */
export interface Standing {
  state(): DaemonState
  /** Tells everybody the state. */
  tell(): void
  /** Reads the routes, one time after the other: each reads what is there when all before it are done. */
  reload(): Promise<void>
  isLoading(): boolean
  /** Why the store can't be trusted any more. */
  broken(): Fault | undefined
  /** Why the last load of the routes can't be worked with, though the file is sound. */
  unmet(): Fault | undefined
  /** The store can't be trusted any more: says so, and touches it no further than to stop what runs. */
  breakDown(why: Fault): void
}

export function createStanding(on: Needs): Standing {
  const { routing, discovery, publish } = on
  let broken: Fault | undefined
  let unmet: Fault | undefined
  let isLoading = false
  let loads: Promise<unknown> = Promise.resolve()

  function state(): DaemonState {
    const why = broken ?? unmet
    if (why) return { phase: 'failed', fault: why }
    const now = routing.state()
    const runs = on.restart().runsLeft()
    return now.phase === 'ready' && runs !== undefined ? { ...now, draining: { runs } } : now
  }

  const tell = (): void => publish({ type: 'daemon.changed', state: state() })

  /** As at a start: what `required` asks for has to be there, too, before anything is sent. */
  async function load(): Promise<void> {
    if (on.isStopping()) return
    const before = JSON.stringify(state())
    isLoading = true
    try {
      unmet = undefined
      const { phase } = await routing.reload()
      for (const { prefix } of routing.table()?.routes ?? []) on.learnHost(new URL(prefix).hostname)
      if (phase === 'ready' && !on.isPassive) unmet = await discovery.require()
    } finally {
      isLoading = false
    }
    if (on.isStopping()) return
    if (unmet && JSON.stringify(state()) !== before) tell()
    if (state().phase === 'ready') on.ready()
  }

  return {
    state,
    tell,
    reload() {
      const mine = loads.then(load)
      loads = mine.catch(() => undefined)
      return mine
    },
    isLoading: () => isLoading,
    broken: () => broken,
    unmet: () => unmet,
    breakDown(why) {
      if (on.isStopping()) return
      broken = why
      tell()
      on.broke()
    },
  }
}
