import type { Fault } from '@contract/fault'
import { nearestSeeing, sees } from '@contract/seeing'
import { blind } from '../core/capabilities/vision'
import type { RunRecord } from '../ports/store'
import type { World } from './world'

/** Whether the catalogue says so and the route allows it: where nobody asked for a picture, unknown is no. */
export const isKnownToSee =
  ({ store, routing }: Pick<World, 'store' | 'routing'>) =>
  ({ route_id, model }: Pick<RunRecord, 'route_id' | 'model'>): boolean => {
    const entry = store.models.find(route_id, model)
    return entry !== undefined && sees(routing.find(route_id), entry)
  }

/** Why a run's route and model take no pictures, with the nearest that do; undefined when they do, or may. */
export const blindness =
  ({ store, routing }: Pick<World, 'store' | 'routing'>) =>
  ({ route_id, model }: Pick<RunRecord, 'route_id' | 'model'>): Fault | undefined => {
    if (sees(routing.find(route_id), store.models.find(route_id, model))) return undefined
    const asked = { provider: route_id, model }
    const routes = (routing.table()?.routes ?? []).map((route) => ({
      ...route,
      models: store.models.list(route.route_id).models,
    }))
    return blind(asked, nearestSeeing(asked, routes))
  }
