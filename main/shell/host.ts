import { join } from 'node:path'
import type { DaemonCallName } from '@contract/names'
import { fault, type Fault } from '@contract/fault'
import type { DaemonState } from '@contract/routes'
import { Failure } from '../daemon/core/failure'
import type { AssetDoor } from '../daemon/ports/assets'
import type { Browser } from '../daemon/ports/browser'
import type { Daemon, DaemonPorts, StartDaemon } from '../daemon/ports/daemon'
import type { Publish } from '../daemon/ports/events'
import type { SoundDoor } from '../daemon/ports/recordings'
import type { Keychain } from '../daemon/ports/keychain'
import type { ForkMedia } from '../daemon/ports/media-child'
import { createMemoryKeychain } from '../daemon/ports/memory-keychain'

/** Quitting waits no longer than this for the daemon. */
export const stopLimitMs = 3_000
/** A daemon that starts, or a single command, is waited for this long; one that hangs costs a few seconds more. */
const findForMs = 2_000
const findPauseMs = 400

export interface DemoProvider {
  readonly prefix: string
  stop(): void
}

/** What lets the command line reach a daemon of ours. */
export interface Control {
  /** Takes no new callers, does the work, and then hangs up on the others: they hear how it ended. */
  stop(work: () => Promise<unknown>): Promise<void>
}

export interface HostNeeds {
  readonly stateRoot: string
  readonly routesFile?: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly version: string
  readonly startsInDemo: boolean
  readonly browser: Browser
  readonly publish: Publish
  readonly startDaemon: StartDaemon
  /** The daemon that another process serves on this state root; undefined when nobody answers there. */
  readonly findDaemon: (ports: DaemonPorts, onLost: () => void) => Promise<Daemon | undefined>
  /** Lets the command line reach a daemon of ours. What goes wrong there never costs the window its daemon. */
  readonly openControl: (daemon: Daemon, stateRoot: string, signal: AbortSignal) => Promise<Control>
  readonly openKeychain: () => Promise<Keychain>
  readonly forkMedia: ForkMedia
  /** The built `hash-thread.js`. */
  readonly hashThread: string
  readonly startDemoProvider: () => Promise<DemoProvider>
  readonly report: (surprise: unknown) => string
}

export interface Host {
  start(): void
  state(): DaemonState
  isDemo(): boolean
  /** Waits for a start or swap under way. Throws the daemon's failures, or the one that kept it from starting. */
  run(name: DaemonCallName, input: unknown): Promise<unknown>
  /** Bytes in and out of the daemon in force; waits and throws as `run` does. */
  readonly assets: AssetDoor
  /** A recorder's sound to the daemon in force; waits and throws as `run` does. */
  readonly sound: SoundDoor
  /** Into the log of the daemon in force, or where there is none, wherever `needs` says. */
  report(surprise: unknown): string
  exploreDemo(): Promise<DaemonState>
  leaveDemo(): Promise<DaemonState>
  /** Resolves after the daemon has stopped, or after the limit. Nothing can be asked from then on. */
  stop(): Promise<void>
}

/** One daemon from its start to its stop. */
interface Seat {
  readonly isDemo: boolean
  readonly ready: Promise<Daemon>
  daemon?: Daemon
  fault?: Fault
  provider?: DemoProvider
  control?: Promise<Control | undefined>
  readonly ending: AbortController
  /** A daemon that was replaced is not heard any more. */
  isOver: boolean
}

/** Owns the daemon in force: starts it, swaps it for the demo and back, stops it. */
export function createHost(needs: HostNeeds): Host {
  let keychain: Promise<Keychain> | undefined
  let seat: Seat | undefined
  let isStopping = false
  /** Swaps happen one after the other; calls wait for the last one. */
  let turn: Promise<unknown> = Promise.resolve()

  const state = (): DaemonState => {
    if (seat?.daemon) return seat.daemon.state()
    return seat?.fault ? { phase: 'failed', fault: seat.fault } : { phase: 'starting' }
  }
  const tell = () => needs.publish({ type: 'daemon.changed', state: state() })

  const open = (isDemo: boolean) => {
    const opened: Seat = {
      isDemo,
      isOver: false,
      ending: new AbortController(),
      ready: Promise.resolve().then(async () => seatDaemon(opened, await portsFor(opened))),
    }
    seat = opened
    tell()
    void opened.ready.then(
      (daemon) => {
        opened.daemon = daemon
        if (!opened.isOver) tell()
      },
      (error: unknown) => {
        opened.fault = error instanceof Failure ? error.fault : surprise(needs.report(error))
        opened.provider?.stop()
        if (!opened.isOver) tell()
      },
    )
    return opened.ready.catch(() => undefined)
  }

  /** One daemon per state root: where another process has it, the window becomes that one's client. */
  const seatDaemon = async (
    opened: Seat,
    ports: DaemonPorts,
    until = Date.now() + findForMs,
  ): Promise<Daemon> => {
    const { signal } = opened.ending
    try {
      const daemon = await needs.startDaemon(ports)
      opened.control = needs.openControl(daemon, ports.stateRoot, signal).catch((error: unknown) => {
        if (!signal.aborted) needs.report(error)
        return undefined
      })
      return daemon
    } catch (error) {
      if (!(error instanceof Failure) || error.fault.code !== 'state_root_in_use') throw error
      const takeOver = () => {
        if (!opened.isOver) void swap(opened.isDemo, true).catch(needs.report)
      }
      const found = await needs.findDaemon(ports, takeOver)
      if (found) return found
      if (Date.now() >= until || signal.aborted) throw error
      // A single command holds the folder for a moment; a daemon that starts is not to be spoken to yet.
      await after(findPauseMs, signal)
      return seatDaemon(opened, ports, until)
    }
  }

  const portsFor = async (opened: Seat): Promise<DaemonPorts> => {
    const { env, version, browser, forkMedia, hashThread } = needs
    const publish: Publish = (event) => {
      if (!opened.isOver) needs.publish(event)
    }
    if (!opened.isDemo) {
      const { stateRoot, routesFile } = needs
      keychain ??= needs.openKeychain()
      const file = routesFile === undefined ? {} : { routesFile }
      return {
        env,
        version,
        browser,
        publish,
        forkMedia,
        hashThread,
        stateRoot,
        ...file,
        keychain: await keychain,
      }
    }
    opened.provider = await needs.startDemoProvider()
    const demo = { prefix: opened.provider.prefix }
    // An empty environment: a real key must not find its way into the demo.
    const stateRoot = join(needs.stateRoot, 'demo')
    const shared = { version, browser, publish, forkMedia, hashThread }
    return { ...shared, env: {}, stateRoot, demo, keychain: createMemoryKeychain() }
  }

  const close = async (closed: Seat | undefined) => {
    if (!closed) return
    closed.isOver = true
    closed.ending.abort()
    const daemon = await closed.ready.catch(() => undefined)
    const control = await closed.control
    await (control ? control.stop(async () => daemon?.stop()) : daemon?.stop())
    closed.provider?.stop()
  }

  const swap = (toDemo: boolean, again = false): Promise<DaemonState> => {
    const swapped = turn.then(async () => {
      if (isStopping) throw stopping()
      if (seat && seat.isDemo === toDemo && !again) return state()
      await close(seat).catch(needs.report)
      await open(toDemo)
      return state()
    })
    turn = swapped.catch(() => undefined)
    return swapped
  }

  const seated = async (): Promise<Daemon> => {
    if (isStopping) throw stopping()
    await turn
    if (!seat) throw new Failure(fault('not_ready', 'Kheish is still starting.'))
    return seat.ready.catch((error: unknown) => {
      throw seat?.fault ? new Failure(seat.fault, { cause: error }) : error
    })
  }

  return {
    state,
    isDemo: () => seat?.isDemo ?? needs.startsInDemo,
    start: () => {
      void open(needs.startsInDemo)
    },
    async run(name, input) {
      if (isStopping) throw stopping()
      if (name === 'daemon.state') return state()
      await turn
      if (name === 'daemon.reload' && seat && state().phase === 'failed') return swap(seat.isDemo, true)
      const { handlers } = await seated()
      // `serve` has parsed the input with this very call's schema.
      return handlers[name](input as never)
    },
    assets: {
      import: async (source, signal) => (await seated()).assets.import(source, signal),
      open: async (id, role, range) => (await seated()).assets.open(id, role, range),
      partial: (id) => seat?.daemon?.assets.partial(id),
    },
    sound: {
      keepSound: async (piece) => (await seated()).sound.keepSound(piece),
      keepSegment: async (segment) => (await seated()).sound.keepSegment(segment),
    },
    report: (error) => seat?.daemon?.report?.(error) ?? needs.report(error),
    exploreDemo: () => swap(true),
    leaveDemo: () => swap(false),
    async stop() {
      if (isStopping) return
      isStopping = true
      const limit = new AbortController()
      const work = turn
        .then(() => close(seat))
        .catch(needs.report)
        .then(async () => (await keychain)?.close())
        .catch(needs.report)
      await Promise.race([work, after(stopLimitMs, limit.signal)])
      limit.abort()
      seat?.provider?.stop()
    },
  }
}

const stopping = () => new Failure(fault('daemon_stopping', 'Kheish is closing.'))

const surprise = (ref: string): Fault =>
  fault('bug', `Kheish could not start its daemon. Nothing was lost. The log has it as ${ref}.`, { ref })

const after = (ms: number, signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })
