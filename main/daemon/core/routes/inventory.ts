import type { RouteView, RuntimeView } from '@contract/routes'
import type { RouteTable } from '../selectors/resolve-route'
import type { LoadedRoute } from './route'

/** What was loaded. Route ids ascending with the default moved to the front (contract 2.7). */
export interface Inventory {
  readonly default_route: string
  readonly routes: readonly LoadedRoute[]
}

/** A route with the model it uses now. */
export interface CurrentRoute extends LoadedRoute {
  readonly model: string
}

/** What is in force: the loaded routes under the settings that changed since. Serves `resolveRoute` as it is. */
export interface CurrentInventory extends RouteTable {
  readonly routes: readonly CurrentRoute[]
}

/** Settings that change while the daemon runs. */
export interface RouteSettings {
  readonly default_route?: string | undefined
  /** By route id, where it differs from the file. */
  readonly models: Readonly<Record<string, string>>
}

export function inventoryOf(routes: readonly LoadedRoute[], defaultRoute: string): Inventory {
  return { default_route: defaultRoute, routes: inInventoryOrder(routes, defaultRoute) }
}

/** Applies the live settings. What they say of routes that are gone is passed over. */
export function currentInventory(inventory: Inventory, settings: RouteSettings): CurrentInventory {
  const wished = inventory.routes.find((route) => route.route_id === settings.default_route)
  const defaultRoute = wished?.route_id ?? inventory.default_route
  const routes = inventory.routes.map((route): CurrentRoute => {
    const { route_id: id } = route
    return {
      ...route,
      model: (Object.hasOwn(settings.models, id) && settings.models[id]) || route.default_model,
    }
  })
  return { default_route: defaultRoute, routes: inInventoryOrder(routes, defaultRoute) }
}

/** The ids that `parseSelector` takes for prefixes (contract 3.1). */
export function knownRoutes(table: RouteTable): ReadonlySet<string> {
  return new Set([table.default_route, ...table.routes.map((route) => route.route_id)])
}

export type InventoryView = Pick<
  RuntimeView,
  'default_route' | 'route_id' | 'provider' | 'model' | 'routes' | 'route_diagnostics'
>

/** The routes' share of `runtime.get` (contract 13.1). Undefined when the default route is not among the routes. */
export function inventoryView(current: CurrentInventory): InventoryView | undefined {
  const routes = current.routes.map(routeView)
  const standard = routes.find((route) => route.route_id === current.default_route)
  if (standard === undefined) return undefined
  const { route_id, provider, model } = standard
  return {
    default_route: standard,
    route_id,
    provider,
    model,
    routes,
    route_diagnostics: diagnoseRoutes(current),
  }
}

/** A route as others see it: four capability keys (contract 5.1), no key, no address. */
export function routeView(route: CurrentRoute): RouteView {
  const { multimodal_input, native_web_search, image_generation, image_edit } = route.capabilities
  return {
    route_id: route.route_id,
    provider: route.driver,
    model: route.model,
    ...(route.credential.kind === 'auth_ref' ? { auth_ref: route.credential.slot_id } : {}),
    capabilities: { multimodal_input, native_web_search, image_generation, image_edit },
  }
}

/** What is wrong with the routes in force (contract 13.1). */
export function diagnoseRoutes(table: RouteTable): RuntimeView['route_diagnostics'] {
  const found: RuntimeView['route_diagnostics'][number][] = []
  const say = (code: string, message: string, route_id?: string) =>
    found.push({ severity: 'error', code, ...(route_id === undefined ? {} : { route_id }), message })
  if (table.routes.length === 0)
    say('route_inventory_empty', 'No route is loaded. Add one to the routes file.')
  else if (!table.routes.some((route) => route.route_id === table.default_route)) {
    say(
      'active_route_missing',
      'The default route is not among the loaded routes. Choose another.',
      table.default_route,
    )
  }
  for (const { route_id, model, accepts } of table.routes) {
    if (model.trim() === '') say('route_model_empty', 'This route has no model. Choose one.', route_id)
    else if (accepts?.(model) === false) {
      say('route_model_incompatible', 'This route does not take its current model. Choose another.', route_id)
    }
  }
  return found
}

/** Ids compare by code unit, the same on every machine. */
function inInventoryOrder<R extends { readonly route_id: string }>(
  routes: readonly R[],
  first: string,
): readonly R[] {
  return routes.toSorted((a, b) => {
    if (a.route_id === b.route_id) return 0
    if (a.route_id === first) return -1
    if (b.route_id === first) return 1
    return a.route_id < b.route_id ? -1 : 1
  })
}
