import type { InputOf } from '@contract/define'
import { fault } from '@contract/fault'
import type { runtimeCalls, RuntimeView } from '@contract/routes'
import { Failure } from '../core/failure'
import type { CurrentInventory } from '../core/routes/inventory'
import { inventoryView, knownRoutes } from '../core/routes/inventory'
import { parseSelector } from '../core/selectors/parse-selector'
import { resolveRoute } from '../core/selectors/resolve-route'
import type { World } from './world'

type RuntimeCalls = typeof runtimeCalls

/** `runtime.*`: what is in force, and changing it (contract 2.7, 13.1). */
export function runtime({
  store,
  routing,
  clock,
  publish,
}: Pick<World, 'store' | 'routing' | 'clock' | 'publish'>) {
  /** Also during set-up: the routes are known, only a key is missing. */
  function table(): CurrentInventory {
    const known = routing.table()
    if (known) return known
    throw new Failure(fault('not_ready', 'The routes file was refused; repair it first.'))
  }

  function get(): RuntimeView {
    const inventory = inventoryView(table())
    if (!inventory)
      throw new Failure(fault('default_route_missing', 'The default route is gone.', { file: '' }))
    const { revision, updated_at_ms, permission_mode, system_prompt } = store.runtime.get()
    return {
      ...inventory,
      permission_mode,
      system_prompt,
      debug_level: 'off',
      debug_capture: { encrypted: false },
      config: {
        revision,
        updated_at_ms,
        persisted: true,
        // Old revisions are not kept.
        history_len: 0,
        history_limit: 0,
        store_path: 'kheish.sqlite',
      },
    }
  }

  /** Others may have changed: the person's choice, or the routes file. */
  function tell(): void {
    if (routing.table()) publish({ type: 'runtime.changed', runtime: get() })
  }

  return {
    get,
    tell,

    /** Faults: `selector_*`, `route_*`, `runtime_revision_conflict`. */
    setModel: ({
      model,
      provider,
      expected_revision,
    }: InputOf<RuntimeCalls['runtime.setModel']>): RuntimeView => {
      const routes = table()
      const split = parseSelector({ provider, model }, knownRoutes(routes))
      const chosen = resolveRoute(split, {}, routes)
      const old = store.runtime.get()
      const settings = {
        ...old,
        revision: old.revision + 1,
        updated_at_ms: clock.now(),
        default_route: chosen.route_id,
        models: { ...old.models, [chosen.route_id]: chosen.model },
      }
      if (
        (expected_revision ?? old.revision) !== old.revision ||
        !store.runtime.put(settings, old.revision)
      ) {
        throw new Failure(
          fault('runtime_revision_conflict', 'The settings changed meanwhile. Look again and repeat.'),
        )
      }
      tell()
      return get()
    },

    parseSelector: (typed: InputOf<RuntimeCalls['runtime.parseSelector']>) =>
      parseSelector(typed, knownRoutes(table())),
  }
}
