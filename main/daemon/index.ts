import { join } from 'node:path'
import { fault } from '@contract/fault'
import type { SourceId } from '@contract/ids'
import { parse as parseToml } from 'smol-toml'
import { createHandlers } from './actions/create-handlers'
import { finishDeleting } from './actions/delete-all'
import { blindness, isKnownToSee } from './actions/check-vision'
import { createKeyring } from './actions/keyring'
import { leaseKey } from './actions/lease-key'
import { createLeases } from './actions/leases'
import { createRouting, provideRoutesFile } from './actions/load-routing'
import { permit } from './actions/permit'
import type { World } from './actions/world'
import { createAssets } from './assets/create-assets'
import { createPartials } from './assets/create-partials'
import { createFileDigest } from './assets/hash/create-file-digest'
import { createMediaWorker } from './assets/media/create-media-worker'
import { inProcessMediaWorker } from './assets/media/in-process-media-worker'
import { composeSound } from './compose-sound'
import { Failure } from './core/failure'
import { routeResolved } from './core/evidence/route-resolution'
import { hasAnyBackend } from './core/images/order-routes'
import { withoutSpans } from './core/redaction/find-secrets'
import { createRedaction } from './create-redaction'
import { createEvidence } from './evidence/create-evidence'
import { createLog } from './log/create-log'
import { cleanDriver } from './openrouter/clean-driver'
import { createOpenRouterDriver } from './openrouter/driver'
import type { Daemon, DaemonPorts, StartDaemon } from './ports/daemon'
import type { RunRecord } from './ports/store'
import { quietly } from './quietly'
import { refusing } from './refusing'
import { atMost } from './runtime/at-most'
import { checkStore } from './runtime/check-store'
import { createDiscovery } from './runtime/discovery'
import { createEventLog, sessionOf } from './runtime/event-log'
import { createKeychainWatch } from './runtime/keychain-watch'
import { createPurge } from './runtime/purge'
import { createQueue } from './runtime/queue'
import { recoverRuns } from './runtime/recovery'
import { createCatalogueRefresh } from './runtime/refresh-catalogue'
import { createRestart } from './runtime/restart'
import { keepRetention } from './runtime/retention'
import type { RunPorts } from './runtime/run-ports'
import { settleCost, settlePause, settleWithin } from './runtime/settle-cost'
import { createSpending } from './runtime/spending'
import { createStanding } from './runtime/standing'
import { lockStateRoot } from './store/lock-state-root'
import { openStore } from './store/open-store'
import { createImageService } from './tools/images/create-image-service'
import { createTools } from './tools/create-tools'
import { systemClock, systemTimeZone } from './system/clock'
import { systemDisk } from './system/disk'
import { systemFiles } from './system/files'
import { systemDigest, systemHash } from './system/hash'
import { systemIds } from './system/ids'
import { createPublicFetch } from './system/public-fetch'

export { answer } from './core/failure'
export { nodeMediaForker } from './assets/media/fork-node-media'
export { stateRootFor } from './core/routes/state-root'
export { nodeKeychainForker } from './keychain/fork-node'
export { createKeychain } from './keychain/keychain'
export { inspectRoutesFile, reportSurprise } from './offline'
export { replayEvidence, type Replay, type ReplayedAttempt } from './replay-evidence'

/** The look at all stored files leaves the first moments to the window. Milliseconds. */
const lookAfter = 500

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
  const { scrubber, places, tokens, scrub } = await createRedaction(stateRoot, env)
  const learn = (secret: string) => scrubber.learn(secret)
  const ownLog = createLog({
    folder: join(stateRoot, 'logs'),
    newRef: () => ids.next('ref'),
    scrub,
  })
  onFailure(() => void ownLog.close())
  const log = ports.log ?? ownLog.log
  const events = createEventLog({ boot: ids.token(6) })
  /** Chats that nobody is told of. */
  const hidden = new Set<string>()
  const publish = quietly((event) => {
    if (hidden.has(sessionOf(event) ?? '')) return
    events.publish(event)
    ports.publish(event)
  }, log)
  const folders = {
    state_root: stateRoot,
    assets: join(stateRoot, 'assets'),
    recordings: join(stateRoot, 'recordings'),
    logs: join(stateRoot, 'logs'),
    evidence: join(stateRoot, 'evidence'),
    window: join(stateRoot, 'window'),
  }
  const store = openStore({
    file: join(stateRoot, 'kheish.sqlite'),
    now: () => clock.now(),
    newRootId: () => ids.next('root'),
  })
  onFailure(() => store.close())
  const startedAt = clock.now()
  const stopping = new AbortController()
  const background = new Set<Promise<void>>()
  const pages = createPublicFetch()
  const provider = createOpenRouterDriver({
    clock,
    ...attribution,
    pages,
    sees: (route_id, model) => isKnownToSee({ store, routing })({ route_id, model }),
    ...(ports.fetch ? { fetch: ports.fetch } : {}),
  })
  const { find } = scrubber.transcript
  const driver = cleanDriver(provider, (text) => withoutSpans(text, find(text)))

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
    publish: (event) => (event.type === 'daemon.changed' ? standing.tell() : publish(event)),
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
  const evidence = createEvidence({
    folder: folders.evidence,
    store,
    keyring,
    clock,
    log,
    rules: scrubber.transcript,
    digest: systemDigest,
    resolve: (run) => routeResolved(run, routing.find(run.route_id)),
    tokensUnreadable: tokens === undefined,
  })
  const partials = createPartials(ids)
  const media = ports.forkMedia ? createMediaWorker(ports.forkMedia) : inProcessMediaWorker()
  const owned = createAssets({
    folder: folders.assets,
    store,
    media,
    digest: createFileDigest(ports.hashThread),
    clock,
    ids,
    publish,
    partials,
    refusal: () => standing.broken(),
    inBackground,
  })
  onFailure(() => void owned.stop())
  const sight = { contents: owned.contents, blindness: blindness({ store, routing }) }
  const drawing = { store, routing, driver, lease, clock, hash: systemHash }
  const images = createImageService({ ...drawing, ...owned, assets: owned.door, evidence })
  const keeping = { ...drawing, ...owned, ids, log, publish, spending, assets: owned.door }
  const sound = composeSound({ ...keeping, media, stopping: stopping.signal, folders, inBackground })
  const { recordings } = sound
  const isDemo = ports.demo !== undefined
  const toolbox = createTools({ ...drawing, ...sound, images, ids, web: pages, isDemo })
  const making = { ...sound, images, toolbox, partials, permit: permit({ store }) }
  const asking = { ...drawing, ids, log, publish, spending, evidence }
  const runPorts: RunPorts = { ...asking, ...sight, ...making }
  const queue = createQueue({
    ...runPorts,
    mayStart: () =>
      !standing.isLoading() && standing.state().phase === 'ready' && restart.runsLeft() === undefined,
    isPassive: ports.isPassive ?? false,
    ended: settleLater,
    freed: () => restart.freed(),
  })
  const makesPictures = (id: string) => hasAnyBackend(routing.find(id))
  const catalogue = createCatalogueRefresh({ ...runPorts, makesPictures }, stopping.signal)
  const discovery = createDiscovery({ env, routing, store, catalogue, clock })
  const keychainWatch = createKeychainWatch({ keychain, keyring, clock, inBackground })
  const restart = createRestart({
    queue,
    reload: () => standing.reload(),
    tell: () => standing.tell(),
    goOn: wake,
    isStopping: () => stopping.signal.aborted,
    inBackground,
  })
  const standing = createStanding({
    routing,
    discovery,
    restart: () => restart,
    publish,
    isPassive: ports.isPassive ?? false,
    isStopping: () => stopping.signal.aborted,
    learnHost: (host) => places.learn(host, '<provider host>'),
    ready: () => void clock.after(0, wake),
    broke: () => inBackground(queue.stopAll()),
  })
  const { state } = standing
  const purge = createPurge({
    store,
    clock,
    log,
    purged: (assets) => {
      for (const asset_id of assets) publish({ type: 'asset.deleted', asset_id })
      if (assets.length > 0) inBackground(owned.upkeep.finishBurials())
      inBackground(evidence.sweep())
    },
  })
  const erasing = {
    store,
    keyring,
    clock,
    log,
    files: systemFiles,
    disk: systemDisk,
    about: { version: ports.version, started_at_ms: startedAt, pid: process.pid, folders },
    clearLog: ownLog.clear,
    assetUpkeep: owned.upkeep,
  }
  // A single command is over sooner; the check stays due for the next window.
  if (!ports.isPassive) await checkStore(runPorts, standing.breakDown)
  await finishDeleting(erasing)
  recoverRuns({ store, clock })
  store.derivations.failOrphans()
  queue.restore()
  let isSettling = false

  function inBackground(work: Promise<void>): void {
    const quiet = work.catch((error: unknown) => void log.surprise(error))
    background.add(quiet)
    void quiet.finally(() => background.delete(quiet))
  }

  function settleLater(run: RunRecord): void {
    if (!stopping.signal.aborted) inBackground(settleCost(runPorts, run, stopping.signal))
  }

  /** What the first moment did not need. */
  function wake(): void {
    if (stopping.signal.aborted || ports.isPassive || standing.isLoading() || state().phase !== 'ready')
      return
    queue.resume()
    catalogue.refreshIfOld([routing.ready().default_route])
    if (isSettling) return
    isSettling = true
    clock.after(settlePause, settleOld)
  }

  function settleOld(): void {
    if (stopping.signal.aborted || standing.broken()) return
    for (const run of store.runs.unsettled(startedAt - settleWithin)) settleLater(run)
    sound.settleCosts(startedAt - settleWithin)
  }

  const world: World = {
    ...runPorts,
    ...sound,
    assets: owned.door,
    assetUpkeep: owned.upkeep,
    keychain,
    browser,
    files: systemFiles,
    hash: systemHash,
    parseToml,
    env,
    learn,
    routing,
    phase: {
      ...routing,
      state,
      reload: async () => {
        await standing.reload()
        return state()
      },
    },
    restart,
    keyring,
    keychainWatch,
    queue,
    timeZone,
    catalogue,
    discovery,
    purge,
    hide: (session) => {
      hidden.add(session)
      return () => void hidden.delete(session)
    },
    events,
    disk: systemDisk,
    scrub,
    clearLog: ownLog.clear,
    clearEvents: events.clear,
    about: erasing.about,
    routesFile,
    inventoryFile,
  }
  const { handlers, stop: stopSignIn } = createHandlers(world)
  if (routesFile !== undefined && ports.routesFile === undefined)
    await provideRoutesFile(systemFiles, routesFile)
  await standing.reload()
  const unmet = standing.unmet()
  if (unmet) {
    stopping.abort()
    throw new Failure(unmet)
  }
  const undoSweep = ports.isPassive ? doNothing : clock.after(0, () => purge.sweepAll(startedAt))
  const undoLook = ports.isPassive ? doNothing : clock.after(lookAfter, () => inBackground(owned.look()))
  if (!ports.isPassive) recordings.recover()
  inBackground(evidence.look())
  const undoRetention = ports.isPassive ? doNothing : keepRetention({ evidence, clock, log, inBackground })
  log.info('started', {
    version: ports.version,
    phase: state().phase,
    demo: ports.demo !== undefined,
  })

  function mayUpload(source_id: string, token: string): boolean {
    try {
      if (stopping.signal.aborted || standing.broken()) return false
      sound.observations.checkToken(source_id as SourceId, token)
      return true
    } catch (error) {
      if (error instanceof Failure) return false
      throw error
    }
  }

  async function stop(): Promise<void> {
    stopping.abort()
    stopSignIn()
    undoSweep()
    undoLook()
    undoRetention()
    purge.stop()
    await recordings.stop()
    const ended = owned.stop()
    await queue.stopAll()
    await atMost(clock, 1_000, [ended])
    // What is left waits for the keychain at most, and touches nothing once it is told to stop.
    await atMost(clock, 500, [...background])
    store.close()
    await ownLog.close()
    release()
  }
  let stopped: Promise<void> | undefined

  return {
    assets: owned.door,
    sound: recordings.sound,
    mayUpload,
    handlers: refusing(handlers, (name) =>
      stopping.signal.aborted
        ? fault('daemon_stopping', 'Kheish is closing.')
        : name === 'daemon.state'
          ? undefined
          : standing.broken(),
    ),
    state,
    events,
    log,
    report: (surprise) => log.surprise(surprise),
    stop: () => (stopped ??= stop()),
  }
}

const doNothing = (): void => undefined
