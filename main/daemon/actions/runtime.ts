import type { InputOf } from '@contract/define'
import { fault } from '@contract/fault'
import type { runtimeCalls, RuntimeView } from '@contract/routes'
import { Failure } from '../core/failure'
import type { CurrentInventory } from '../core/routes/inventory'
import { inventoryView, knownRoutes } from '../core/routes/inventory'
import { parseSelector } from '../core/selectors/parse-selector'
import { resolveRoute } from '../core/selectors/resolve-route'
import type { RuntimeSettings } from '../ports/store'
import type { World } from './world'

type RuntimeCalls = typeof runtimeCalls

/** `runtime.*`: what is in force, and changing it (contract 2.7, 13.1). */
export function runtime({
  store,
  routing,
  clock,
  publish,
  evidence,
}: Pick<World, 'store' | 'routing' | 'clock' | 'publish' | 'evidence'>) {
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
    const { level, ...capture } = evidence.state()
    return {
      ...inventory,
      permission_mode,
      system_prompt,
      debug_level: level,
      debug_capture: capture,
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

  /** One more revision. Fault: `runtime_revision_conflict`. */
  function change(patch: Partial<RuntimeSettings>, expected: number | undefined): RuntimeView {
    // What can't be shown afterwards isn't changed.
    table()
    const old = store.runtime.get()
    const settings = { ...old, ...patch, revision: old.revision + 1, updated_at_ms: clock.now() }
    assertRevision(old.revision, expected)
    if (!store.runtime.put(settings, old.revision)) throw revisionConflict()
    tell()
    return get()
  }

  return {
    get,
    tell,

    /** Fault: `runtime_revision_conflict`. */
    setPermissionMode: ({
      mode,
      expected_revision,
    }: InputOf<RuntimeCalls['runtime.setPermissionMode']>): RuntimeView =>
      change({ permission_mode: mode }, expected_revision),

    /**
     * What is kept of runs that start from now on (contract 15). Faults: `debug_capture_key_invalid`,
     * `debug_capture_tokens_unreadable`, `runtime_revision_conflict`.
     */
    setDebugLevel: async ({
      level,
      encrypt,
      expected_revision,
    }: InputOf<RuntimeCalls['runtime.setDebugLevel']>): Promise<RuntimeView> => {
      const { revision, debug_encrypt } = store.runtime.get()
      assertRevision(revision, expected_revision)
      const encrypted = encrypt ?? debug_encrypt
      if (level !== 'off') {
        if (evidence.state().blocked === 'tokens_unreadable') throw tokensUnreadable()
        if (encrypted) await evidence.provideKey()
      }
      return change({ debug_level: level, debug_encrypt: encrypted }, expected_revision ?? revision)
    },

    /** Faults: `selector_*`, `route_*`, `runtime_revision_conflict`. */
    setModel: ({
      model,
      provider,
      expected_revision,
    }: InputOf<RuntimeCalls['runtime.setModel']>): RuntimeView => {
      const routes = table()
      const split = parseSelector({ provider, model }, knownRoutes(routes))
      const chosen = resolveRoute(split, {}, routes)
      const { models } = store.runtime.get()
      return change(
        { default_route: chosen.route_id, models: { ...models, [chosen.route_id]: chosen.model } },
        expected_revision,
      )
    },

    parseSelector: (typed: InputOf<RuntimeCalls['runtime.parseSelector']>) =>
      parseSelector(typed, knownRoutes(table())),
  }
}

function assertRevision(revision: number, expected: number | undefined): void {
  if ((expected ?? revision) !== revision) throw revisionConflict()
}

const revisionConflict = () =>
  new Failure(fault('runtime_revision_conflict', 'The settings changed meanwhile. Look again and repeat.'))

const tokensUnreadable = () =>
  new Failure(
    fault(
      'debug_capture_tokens_unreadable',
      'The file with your own words to take out of evidence can’t be read, so nothing is kept. Repair it and start Kheish again.',
    ),
  )
