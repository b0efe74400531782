import type { InputOf } from '@contract/define'
import { runStatuses } from '@contract/run-status'
import type { CapabilityMatrix, RuntimeView } from '@contract/routes'
import type { StatusView, statusCalls } from '@contract/status'
import { readOwnKey } from '../core/routes/credentials'
import { judgeHealth } from '../core/status/health'
import type { SlotFacts } from '../core/status/readiness'
import { judgeRoutes } from '../core/status/readiness'
import { countRuns } from '../core/status/runs'
import type { CaptureState } from '../ports/evidence'
import type { KeychainLook } from '../ports/keychain-watch'
import type { World } from './world'

type Ports = Pick<
  World,
  | 'store'
  | 'routing'
  | 'phase'
  | 'keyring'
  | 'keychainWatch'
  | 'env'
  | 'clock'
  | 'disk'
  | 'about'
  | 'events'
  | 'discovery'
  | 'assetUpkeep'
> & {
  readonly runtime: () => RuntimeView
  readonly capture: () => CaptureState
}

/** Half an hour: contract 13.2. */
const longAgo = 30 * 60_000
/** A folder may take so long to show that it can be written. Milliseconds. */
const probePatience = 2_000

/** `status.get` (contract 13.2). */
export const readStatus =
  (on: Ports) =>
  async ({
    stale_after_ms = longAgo,
    queued_lag_ms = longAgo,
  }: InputOf<(typeof statusCalls)['status.get']>): Promise<StatusView> => {
    const [look, probes] = await Promise.all([on.keychainWatch.look(), probeStorage(on)])
    // From here on nothing waits, so that all of it is of one moment.
    const state = on.phase.state()
    const draining = state.phase === 'ready' ? state.draining?.runs : undefined
    const runs = {
      by_status: { ...none, ...on.store.runs.counts() },
      ...countRuns(on.store.runs.unfinished(), on.clock.now(), stale_after_ms),
    }
    const readiness = readinessOf(on, look)
    const runtime = on.routing.table() ? on.runtime() : null
    return {
      status: draining === undefined ? 'ready' : 'draining',
      ready: state.phase === 'ready' && readiness.active_route_ready,
      version: on.about.version,
      started_at_ms: on.about.started_at_ms,
      capabilities: {
        restart_in_place: true,
        routes_file_edit: true,
        request_settings: true,
        spending_limit: true,
        evidence: true,
        assets: true,
        model_discovery: on.discovery.isOn(),
      },
      runtime,
      runs,
      storage: {
        write_probes: probes,
        // A daemon without it does not live to be asked.
        state_root_lock: { held: true, pid: on.about.pid },
        keychain: isSessionOnly(on, look) ? 'session_only' : look.state,
        asset_repair: on.assetUpkeep.repair(),
      },
      provider_readiness: readiness,
      events: { last_event_id: on.events.last(), ...on.events.counts() },
      delivery: { enabled: false },
      health: judgeHealth({
        draining,
        refused: state.phase === 'repair' || state.phase === 'failed' ? state.fault : undefined,
        diagnostics: runtime?.route_diagnostics ?? [],
        readiness,
        probes,
        runs,
        queued_lag_ms,
        capture: on.capture(),
      }),
    }
  }

const none = Object.fromEntries(runStatuses.map((status) => [status, 0])) as StatusView['runs']['by_status']

const isSessionOnly = ({ keyring }: Ports, look: KeychainLook): boolean =>
  look.state !== 'secured' && keyring.list().some(({ where }) => where === 'memory')

function readinessOf(on: Ports, look: KeychainLook): StatusView['provider_readiness'] {
  const table = on.routing.table()
  const state = on.phase.state()
  const judged = table
    ? judgeRoutes(table, {
        slot: (slotId) => slotFacts(on, look, slotId),
        keychain: look.state,
        action: look.action,
        hasOwnKey: ({ credential }) => Boolean(readOwnKey(credential, on.env)),
        isDemo: state.phase === 'ready' && state.demo,
      })
    : []
  const count = (wanted: string) => judged.filter((route) => route.state === wanted).length
  return {
    route_count: judged.length,
    error_route_count: count('error'),
    warning_route_count: count('warning'),
    active_route_ready: judged.some(({ active, state: verdict }) => active && verdict !== 'error'),
    routes: judged.map((route) => ({ ...route, ...matrixOf(on, route.route_id) })),
  }
}

function matrixOf({ discovery }: Ports, routeId: string): { readonly capability_matrix?: CapabilityMatrix } {
  const found = discovery.matrixOf(routeId)
  return found ? { capability_matrix: found } : {}
}

/** What the last look said counts, unless the slot was written since. */
function slotFacts({ keyring }: Ports, look: KeychainLook, slotId: string): SlotFacts | undefined {
  const held = keyring.find(slotId)
  if (!held) return undefined
  const seen = held.updated_at_ms < look.at_ms ? look.slots.get(slotId) : undefined
  const inKeychain = keyring.isWhole(slotId) ? (seen ?? 'keychain') : 'absent'
  return {
    provider: held.provider,
    updated_at_ms: held.updated_at_ms,
    held: held.where === 'memory' ? 'memory' : inKeychain,
  }
}

async function probeStorage(on: Ports): Promise<StatusView['storage']['write_probes']> {
  const folders = ['state_root', 'assets', 'logs', 'evidence'] as const
  const probed = await Promise.all(
    folders.map(async (name) => {
      const message = await on.disk.probe(on.about.folders[name], probePatience)
      return { name, ok: message === undefined, ...(message === undefined ? {} : { message }) }
    }),
  )
  const message = on.store.probe()
  return [
    ...probed,
    { name: 'database', ok: message === undefined, ...(message === undefined ? {} : { message }) },
  ]
}
