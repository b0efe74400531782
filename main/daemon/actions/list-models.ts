import { fault } from '@contract/fault'
import type { Catalogue, ModelView } from '@contract/models'
import { Failure } from '../core/failure'
import type { World } from './world'

interface Input {
  readonly provider?: string | undefined
}

/** `models.list` from the store, `models.refresh` from the provider. Faults: `not_ready`, `route_unknown`. */
export function models({
  store,
  routing,
  phase,
  catalogue,
}: Pick<World, 'store' | 'routing' | 'phase' | 'catalogue'>) {
  function routeOf({ provider }: Input): string {
    const routeId = provider?.trim() ? provider : routing.table()?.default_route
    if (routeId === undefined)
      throw new Failure(fault('not_ready', 'The routes file was refused; repair it first.'))
    if (!routing.find(routeId)) throw new Failure(fault('route_unknown', 'There is no route of this name.'))
    return routeId
  }
  const view = (routeId: string): Catalogue => ({
    ...store.models.list(routeId),
    upstreams: store.upstreams.list(routeId),
    refreshing: catalogue.isRefreshing(routeId),
  })

  return {
    /** A route that was never asked is asked now, in the background. */
    list: (input: Input): Catalogue => {
      const routeId = routeOf(input)
      if (phase.state().phase === 'ready') catalogue.refreshIfOld([routeId])
      return view(routeId)
    },
    /** Fault: `model_not_found`. */
    get: (input: Input & { readonly model: string }): ModelView => {
      const found = store.models.find(routeOf(input), input.model)
      if (found) return found
      throw new Failure(fault('model_not_found', 'The catalogue of this route has no such model.'))
    },
    refresh: async (input: Input): Promise<Catalogue> => {
      routing.ready()
      const routeId = routeOf(input)
      const why = await catalogue.refresh(routeId)
      if (why) throw new Failure(why)
      return view(routeId)
    },
  }
}
