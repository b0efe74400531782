import type { Fault } from '@contract/fault'
import type { Access } from '../ports/driver'
import type { CatalogueRefresh } from '../ports/upkeep'
import { atMost } from './at-most'
import { faultOf } from './fault-of'
import type { RunPorts } from './run-ports'

/** Older than this and the catalogue is fetched again in the background. Milliseconds. */
export const catalogueAge = 6 * 60 * 60 * 1_000

/** After a try that failed, the background leaves the provider alone for so long. Milliseconds. */
const restAfterTry = 60_000

/** How long the models wait for the names of those who serve them, and for those that make pictures. Milliseconds. */
const patience = 3_000

/** One fetch per route at a time; `signal` ends them all. */
export function createCatalogueRefresh(
  on: RunPorts & {
    /** Whether a route has the backend. */ readonly makesPictures: (routeId: string) => boolean
  },
  signal: AbortSignal,
): CatalogueRefresh {
  const running = new Map<string, Promise<Fault | undefined>>()
  const tried = new Map<string, number>()

  async function fetchOnce(routeId: string): Promise<Fault | undefined> {
    try {
      const access: Access = (await on.lease(routeId, 'catalogue')).open()
      const naming = [refreshNames(routeId, access), refreshImages(routeId, access)]
      const models = await on.driver.listModels(access, signal)
      if (signal.aborted) return undefined
      on.store.models.replace(routeId, models, on.clock.now())
      await atMost(on.clock, patience, naming)
      if (signal.aborted) return undefined
      on.publish({ type: 'models.changed', route_id: routeId, count: models.length })
      return undefined
    } catch (error) {
      if (signal.aborted) return undefined
      const fault = faultOf(error, on.log.surprise)
      on.log.warn('catalogue', { route_id: routeId, code: fault.code })
      on.publish({ type: 'models.changed', route_id: routeId, count: countOf(routeId), fault })
      return fault
    } finally {
      running.delete(routeId)
    }
  }

  /** How many are kept. Nobody hears a refusal in the background, so a store that can't be read has none. */
  function countOf(routeId: string): number {
    try {
      return on.store.models.list(routeId).models.length
    } catch (error) {
      on.log.surprise(error)
      return 0
    }
  }

  /** Who serves behind a route. Not every provider has such a list. */
  async function refreshNames(routeId: string, access: Access): Promise<void> {
    try {
      const names = await on.driver.listUpstreams(access, signal)
      if (!signal.aborted) on.store.upstreams.replace(routeId, names)
    } catch {
      if (!signal.aborted) on.log.info('upstreams unknown', { route_id: routeId })
    }
  }

  /** Those that make pictures; where there is no such list, that is remembered too (API reference 3.8). */
  async function refreshImages(routeId: string, access: Access): Promise<void> {
    if (!on.makesPictures(routeId)) return
    try {
      const models = await on.driver.listImageModels(access, signal)
      if (!signal.aborted) on.store.imageModels.replace(routeId, models ?? [], on.clock.now())
    } catch {
      if (!signal.aborted) on.log.info('image models unknown', { route_id: routeId })
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
