import type { Fault } from '@contract/fault'
import type { Access } from '../ports/driver'
import type { CatalogueRefresh } from '../ports/upkeep'
import { faultOf } from './run-loop'
import type { RunPorts } from './run-ports'

/** Older than this and the catalogue is fetched again in the background. Milliseconds. */
export const catalogueAge = 6 * 60 * 60 * 1_000

/** After a try that failed, the background leaves the provider alone for so long. Milliseconds. */
const restAfterTry = 60_000

/** One fetch per route at a time; `signal` ends them all. */
export function createCatalogueRefresh(on: RunPorts, signal: AbortSignal): CatalogueRefresh {
  const running = new Map<string, Promise<Fault | undefined>>()
  const tried = new Map<string, number>()

  async function fetchOnce(routeId: string): Promise<Fault | undefined> {
    const count = () => on.store.models.list(routeId).models.length
    try {
      const access: Access = (await on.lease(routeId, 'catalogue')).open()
      const models = await on.driver.listModels(access, signal)
      if (signal.aborted) return undefined
      on.store.models.replace(routeId, models, on.clock.now())
      on.publish({ type: 'models.changed', route_id: routeId, count: models.length })
      void refreshNames(routeId, access)
      return undefined
    } catch (error) {
      if (signal.aborted) return undefined
      const fault = faultOf(error, on.log.surprise)
      on.log.warn('catalogue', { route_id: routeId, code: fault.code })
      on.publish({ type: 'models.changed', route_id: routeId, count: count(), fault })
      return fault
    } finally {
      running.delete(routeId)
    }
  }

  /** Who serves behind a route. Not every provider has such a list, and nothing waits for it. */
  async function refreshNames(routeId: string, access: Access): Promise<void> {
    try {
      const { upstreams, models } = on.store
      const names = await on.driver.listUpstreams(access, signal)
      if (signal.aborted) return
      const before = JSON.stringify(upstreams.list(routeId))
      upstreams.replace(routeId, names)
      if (JSON.stringify(upstreams.list(routeId)) === before) return
      on.publish({ type: 'models.changed', route_id: routeId, count: models.list(routeId).models.length })
    } catch {
      if (!signal.aborted) on.log.info('upstreams unknown', { route_id: routeId })
    }
  }

  function refresh(routeId: string): Promise<Fault | undefined> {
    const known = running.get(routeId)
    if (known) return known
    const fetching = fetchOnce(routeId)
    running.set(routeId, fetching)
    return fetching
  }

  return {
    refresh,
    refreshIfOld(routeIds) {
      for (const routeId of routeIds) {
        const { refreshed_at_ms: at } = on.store.models.list(routeId)
        const now = on.clock.now()
        const isOld = at === null || now - at >= catalogueAge
        const isRested = now - (tried.get(routeId) ?? -Infinity) >= restAfterTry
        if (!isOld || !isRested) continue
        tried.set(routeId, now)
        void refresh(routeId)
      }
    },
    isRefreshing: (routeId) => running.has(routeId),
  }
}
