import { fault } from '@contract/fault'
import type { DaemonState } from '@contract/routes'
import { driverCapabilities } from '../core/capabilities/narrow'
import { Failure } from '../core/failure'
import { checkSlots } from '../core/routes/check-slots'
import { readOwnKey } from '../core/routes/credentials'
import { inventoryRecord } from '../core/routes/inventory-record'
import type { Inventory } from '../core/routes/inventory'
import { currentInventory, inventoryOf } from '../core/routes/inventory'
import { loadRoutes } from '../core/routes/load-routes'
import { recommendedFile, recommendedRoute } from '../core/routes/recommended'
import type { FindSlot } from '../core/routes/route'
import type { Phase, Routing } from '../ports/routing'
import type { World } from './world'

type Ports = Pick<
  World,
  | 'files'
  | 'hash'
  | 'parseToml'
  | 'env'
  | 'clock'
  | 'store'
  | 'publish'
  | 'log'
  | 'routesFile'
  | 'inventoryFile'
> & {
  readonly findSlot: FindSlot
  readonly demo?: { readonly prefix: string } | undefined
  readonly learn: World['learn']
  /** Work that nobody waits for but the daemon's end. */
  readonly inBackground: (work: Promise<void>) => void
  /** The daemon can work, from now on or again. */
  readonly becameReady: () => void
}

/**
 * Reads the routes file, or the demo's one route, and says what phase that makes: a file that is refused asks for
 * repair, and so does one that names a slot of another provider (V23), which set-up would overwrite; a route whose
 * slot is empty (V22) asks for set-up.
 */
export function createRouting(on: Ports): Routing & Phase {
  let inventory: Inventory | undefined
  let digest: string | undefined
  let state: DaemonState = { phase: 'starting' }

  const table = () => inventory && currentInventory(inventory, on.store.runtime.get())

  function enter(next: DaemonState): DaemonState {
    const isNews = JSON.stringify(next) !== JSON.stringify(state)
    const wasReady = state.phase === 'ready'
    state = next
    if (isNews) on.publish({ type: 'daemon.changed', state })
    if (next.phase === 'ready' && !wasReady) on.becameReady()
    return state
  }

  /** The file is sound; now every slot has to be there. */
  function checkLoaded(loaded: Inventory): DaemonState {
    const file = on.routesFile ?? ''
    for (const route of loaded.routes) {
      const [trouble] = checkSlots([route], on.findSlot, { file, find: () => undefined })
      if (!trouble) continue
      return trouble.code === 'route_auth_ref_missing'
        ? enter({ phase: 'setup', route_id: route.route_id, slot_id: trouble.slot_id })
        : enter({ phase: 'repair', fault: trouble, file })
    }
    return enter({ phase: 'ready', demo: on.demo !== undefined })
  }

  async function reload(): Promise<DaemonState> {
    if (on.demo) {
      inventory = demoInventory(on.demo.prefix)
      return checkLoaded(inventory)
    }
    const file = on.routesFile ?? ''
    try {
      const text = await on.files.readText(file)
      const loaded = loadRoutes({ file, text }, { parse: on.parseToml, env: on.env, slots: anySlot })
      for (const { credential } of loaded.routes) {
        const key = readOwnKey(credential, on.env)
        if (key !== undefined) on.learn(key)
      }
      inventory = loaded
      digest = on.hash(text, 'hex')
      on.inBackground(record(loaded, file, digest))
      return checkLoaded(loaded)
    } catch (error) {
      if (!(error instanceof Failure)) throw error
      inventory = undefined
      digest = undefined
      return enter({ phase: 'repair', fault: error.fault, file })
    }
  }

  /** Without it only doctor’s drift warning is lost. */
  async function record(loaded: Inventory, file: string, sha256: string): Promise<void> {
    const next = inventoryRecord(loaded, { file, sha256, loaded_at_ms: on.clock.now() })
    try {
      await on.files.writeText(on.inventoryFile, `${JSON.stringify(next, null, 2)}\n`)
    } catch (error) {
      on.log.surprise(error)
    }
  }

  return {
    table,
    find: (routeId) => table()?.routes.find((route) => route.route_id === routeId),
    digest: () => digest,
    ready() {
      const current = table()
      if (current && state.phase === 'ready') return current
      throw new Failure(
        fault(
          'not_ready',
          state.phase === 'setup'
            ? 'A key is missing. Enter it first.'
            : 'Nothing can be sent before the routes file is repaired.',
        ),
      )
    },
    state: () => state,
    reload,
    recheck: () => {
      if (inventory) checkLoaded(inventory)
    },
  }
}

/** Writes the recommended file when there is none (contract 2.8). */
export async function provideRoutesFile(files: World['files'], file: string): Promise<void> {
  if (!(await files.exists(file))) await files.writeText(file, recommendedFile)
}

const anySlot: FindSlot = () => ({ provider: 'openrouter' })

/** One route to the demo provider, with a key that opens nothing. */
function demoInventory(prefix: string): Inventory {
  const { route_id } = recommendedRoute
  return inventoryOf(
    [
      {
        route_id,
        driver: 'openrouter',
        default_model: 'openai/gpt-5.4-mini',
        prefix,
        credential: { kind: 'inline_api_key', reveal: () => 'kheish-demo' },
        capabilities: driverCapabilities,
        backends: { audio_generation: true, transcription: true },
      },
    ],
    route_id,
  )
}
