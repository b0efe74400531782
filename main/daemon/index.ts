import { join } from 'node:path'
import type { DaemonHandlers } from '@contract/calls'
import type { Fault } from '@contract/fault'
import { fault } from '@contract/fault'
import type { DaemonState } from '@contract/routes'
import { parse as parseToml } from 'smol-toml'
import { createHandlers } from './actions/create-handlers'
import { createKeyring } from './actions/keyring'
import { leaseKey } from './actions/lease-key'
import { createLeases } from './actions/leases'
import { createRouting, provideRoutesFile } from './actions/load-routing'
import type { World } from './actions/world'
import { Failure } from './core/failure'
import { createScrubber } from './core/redaction/scrub'
import { createLog } from './log/create-log'
import { createOpenRouterDriver } from './openrouter/driver'
import type { Daemon, DaemonPorts, StartDaemon } from './ports/daemon'
import type { Publish } from './ports/events'
import type { Log } from './ports/log'
import type { RunRecord } from './ports/store'
import { atMost } from './runtime/at-most'
import { checkStore } from './runtime/check-store'
import { createEventLog } from './runtime/event-log'
import { createPurge } from './runtime/purge'
import { createQueue } from './runtime/queue'
import { recoverRuns } from './runtime/recovery'
import { createCatalogueRefresh } from './runtime/refresh-catalogue'
import type { RunPorts } from './runtime/run-ports'
import { settleCost, settleWithin } from './runtime/settle-cost'
import { createSpending } from './runtime/spending'
import { lockStateRoot } from './store/lock-state-root'
import { openStore } from './store/open-store'
import { systemClock, systemTimeZone } from './system/clock'
import { systemFiles } from './system/files'
import { systemHash } from './system/hash'
import { systemIds } from './system/ids'

export { answer } from './core/failure'
export { stateRootFor } from './core/routes/state-root'
export { nodeKeychainForker } from './keychain/fork-node'
export { createKeychain } from './keychain/keychain'
export { inspectRoutesFile, reportSurprise } from './offline'

/** Who asks, for the provider's statistics. The app has no public page, and `localhost` with a title says just that. */
const attribution = { appUrl: 'http://localhost', appTitle: 'Kheish Desktop' }

/**
 * The product without a window: takes the state root, opens the store, ends what a killed process left behind, reads
 * the routes and answers every call of the contract. What can wait (queued runs, the catalogue) waits for a later
 * moment, so that the first question is answered at once.
 */
export const startDaemon: StartDaemon = async (ports) => {
  const release = lockStateRoot(ports.stateRoot)
  const opened: (() => void)[] = [release]
  try {
    return await compose(ports, release, (close) => opened.push(close))
  } catch (error) {
    for (const close of opened.reverse()) close()
    throw error
  }
}

async function compose(
  ports: DaemonPorts,
  release: () => void,
  onFailure: (close: () => void) => void,
): Promise<Daemon> {
  const { stateRoot, env, keychain, browser, clock = systemClock, ids = systemIds } = ports
  const scrubber = createScrubber()
  const learn = (secret: string) => scrubber.learn(secret)
  const environmentKey = env['OPENROUTER_API_KEY']
  if (environmentKey) learn(environmentKey)

  const ownLog = createLog({
    folder: join(stateRoot, 'logs'),
    newRef: () => ids.next('ref'),
    scrub: (value) => scrubber.scrubValue(value),
  })
  onFailure(() => void ownLog.close())
  const log = ports.log ?? ownLog.log
  const events = createEventLog({ boot: ids.token(6) })
  const publish = quietly((event) => {
    events.publish(event)
    ports.publish(event)
  }, log)
  const store = openStore({
    file: join(stateRoot, 'kheish.sqlite'),
    now: () => clock.now(),
    newRootId: () => ids.next('root'),
  })
  onFailure(() => store.close())
  const startedAt = clock.now()
  const stopping = new AbortController()
  const background = new Set<Promise<void>>()
  const driver = createOpenRouterDriver({
    clock,
    ...attribution,
    ...(ports.fetch ? { fetch: ports.fetch } : {}),
  })

  const routesFile = ports.demo ? undefined : (ports.routesFile ?? join(stateRoot, 'routes.toml'))
  const inventoryFile = join(stateRoot, 'route-inventory.json')
  const leases = createLeases({ clock, ids })
  const keyring = createKeyring({ store, keychain, learn, leases })
  const routing = createRouting({
    files: systemFiles,
    hash: systemHash,
    parseToml,
    env,
    clock,
    store,
    publish,
    log,
    routesFile,
    inventoryFile,
    findSlot: keyring.find,
    demo: ports.demo,
    learn,
    inBackground,
    becameReady: () => void clock.after(0, wake),
  })
  const lease = leaseKey({ routing, keyring, env, learn, leases })
  const timeZone = ports.timeZone ?? systemTimeZone
  const spending = createSpending({ store, clock, timeZone, publish, log })
  const runPorts: RunPorts = { store, driver, clock, ids, log, publish, lease, spending }
  const queue = createQueue({
    ...runPorts,
    mayStart: () => routing.state().phase === 'ready',
    ended: settleLater,
  })
  const catalogue = createCatalogueRefresh(runPorts, stopping.signal)
  const purge = createPurge({ store, clock, log })
  let broken: Fault | undefined
  const state = (): DaemonState => (broken ? { phase: 'failed', fault: broken } : routing.state())
  // A single command is over sooner; the check stays due for the next window.
  if (!ports.isPassive) await checkStore(runPorts, breakDown)
  recoverRuns({ store, clock })
  let isSettling = false

  function inBackground(work: Promise<void>): void {
    const quiet = work.catch((error: unknown) => void log.surprise(error))
    background.add(quiet)
    void quiet.finally(() => background.delete(quiet))
  }

  /** The store can't be trusted any more: says so, and touches it no further than to stop what runs. */
  function breakDown(why: Fault): void {
    if (stopping.signal.aborted) return
    broken = why
    publish({ type: 'daemon.changed', state: state() })
    inBackground(queue.stopAll())
  }

  function settleLater(run: RunRecord): void {
    if (!stopping.signal.aborted) inBackground(settleCost(runPorts, run, stopping.signal))
  }

  /** What the first moment did not need. */
  function wake(): void {
    if (stopping.signal.aborted || ports.isPassive) return
    queue.resume()
    catalogue.refreshIfOld([routing.ready().default_route])
    if (isSettling) return
    isSettling = true
    for (const run of store.runs.unsettled(startedAt - settleWithin)) settleLater(run)
  }

  const world: World = {
    ...runPorts,
    keychain,
    browser,
    files: systemFiles,
    hash: systemHash,
    parseToml,
    env,
    learn,
    routing,
    phase: { ...routing, state },
    keyring,
    queue,
    timeZone,
    catalogue,
    purge,
    routesFile,
    inventoryFile,
  }
  const { handlers, stop: stopSignIn } = createHandlers(world)
  if (routesFile !== undefined && ports.routesFile === undefined)
    await provideRoutesFile(systemFiles, routesFile)
  await routing.reload()
  const undoSweep = ports.isPassive ? () => undefined : clock.after(0, () => purge.sweepAll(startedAt))
  log.info('started', {
    version: ports.version,
    phase: state().phase,
    demo: ports.demo !== undefined,
  })

  async function stop(): Promise<void> {
    stopping.abort()
    stopSignIn()
    undoSweep()
    purge.stop()
    await queue.stopAll()
    // What is left waits for the keychain at most, and touches nothing once it is told to stop.
    await atMost(clock, 500, [...background])
    store.close()
    await ownLog.close()
    release()
  }
  let stopped: Promise<void> | undefined

  return {
    handlers: refusing(handlers, (name) =>
      stopping.signal.aborted
        ? fault('daemon_stopping', 'Kheish is closing.')
        : name === 'daemon.state'
          ? undefined
          : broken,
    ),
    state,
    events,
    log,
    report: (surprise) => log.surprise(surprise),
    stop: () => (stopped ??= stop()),
  }
}

/** A listener that throws must not change what the daemon does. */
const quietly =
  (publish: Publish, log: Log): Publish =>
  (event) => {
    try {
      publish(event)
    } catch (error) {
      log.surprise(error)
    }
  }

/** The same handlers; when there is a reason not to serve, they refuse with it. */
function refusing(handlers: DaemonHandlers, why: (name: string) => Fault | undefined): DaemonHandlers {
  const guarded = Object.entries(handlers).map(([name, handle]) => [
    name,
    (input: never) => {
      const refused = why(name)
      if (refused) throw new Failure(refused)
      return (handle as (input: never) => unknown)(input)
    },
  ])
  // Same names, same signatures.
  return Object.fromEntries(guarded) as DaemonHandlers
}
