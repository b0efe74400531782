import { fault } from '@contract/fault'
import { Failure } from '../failure'
import type { Split } from './parse-selector'

/** What the resolver needs to know of a route. */
export interface RouteChoice {
  readonly route_id: string
  /** The route's current model. */
  readonly model: string
  /** Absent: takes any model, as every openrouter route does (contract 2.2). */
  readonly accepts?: (model: string) => boolean
}

/** What a session prefers. Nulls and absent fields follow the daemon's default. */
export interface RoutePolicy {
  readonly provider?: string | null
  readonly model?: string | null
}

export interface RouteTable {
  readonly default_route: string
  readonly routes: readonly RouteChoice[]
}

/** What a run is pinned to. */
export interface Resolved {
  readonly route_id: string
  readonly model: string
  readonly fallback_model?: string
}

/**
 * Chooses route and model: run, then session, then default (contract 3.3, 6.3). Selectors are split already.
 * Faults: `route_unknown`, `route_ambiguous`, `selector_empty`.
 */
export function resolveRoute(request: Split, policy: RoutePolicy, table: RouteTable): Resolved {
  const { provider, model } = mergePolicy(request, policy)
  const route = provider === undefined ? routeFor(model, table) : findRoute(provider, table)
  const chosen = checked(model ?? route.model, 'model')
  refuseUnaccepted(route, chosen)
  if (request.fallback_model === undefined) return { route_id: route.route_id, model: chosen }
  const fallback = checked(request.fallback_model, 'fallback model')
  refuseUnaccepted(route, fallback)
  return { route_id: route.route_id, model: chosen, fallback_model: fallback }
}

/**
 * The models to try when the chosen one fails, on the same route (contract 3.3). The model itself and repeats say
 * nothing. Faults: `route_unknown`, `selector_empty`.
 */
export function checkFallbacks(
  wished: readonly string[],
  { route_id, model }: Pick<Resolved, 'route_id' | 'model'>,
  table: RouteTable,
): readonly string[] {
  const route = findRoute(route_id, table)
  const others = wished.map((each) => checked(each, 'fallback model').trim())
  for (const each of others) refuseUnaccepted(route, each)
  return [...new Set(others)].filter((each) => each !== model)
}

/**
 * A model asked for without a provider ignores the session's provider (contract 6.3, easy to miss). A provider asked
 * for without a model takes the session's model only when the session does not mean another route by it.
 */
function mergePolicy(request: Split, policy: RoutePolicy): { provider?: string; model?: string } {
  const asked = present(request.provider, request.model)
  if (asked.model !== undefined) return asked
  const wished = present(policy.provider, policy.model)
  if (asked.provider === undefined) return wished
  const sameRoute = wished.provider === undefined || wished.provider === asked.provider
  return sameRoute ? { ...wished, ...asked } : asked
}

function present(provider?: string | null, model?: string | null): { provider?: string; model?: string } {
  const hasProvider = typeof provider === 'string' && provider.trim() !== ''
  return { ...(hasProvider ? { provider } : {}), ...(typeof model === 'string' ? { model } : {}) }
}

function routeFor(model: string | undefined, table: RouteTable): RouteChoice {
  const standard = findRoute(table.default_route, table)
  if (model === undefined || accepts(standard, model)) return standard
  const others = table.routes.filter((route) => route !== standard && accepts(route, model))
  const [only, second] = others
  if (second !== undefined) {
    throw new Failure(
      fault(
        'route_ambiguous',
        'Several routes take this model. Put the name of one in front of it: route/model.',
      ),
    )
  }
  return only ?? refuse('No route takes this model. Choose another model or add a route for it.')
}

const findRoute = (id: string, table: RouteTable): RouteChoice =>
  table.routes.find((route) => route.route_id === id) ??
  refuse('There is no route of this name. Choose one of the routes in the routes file.')

const accepts = (route: RouteChoice, model: string): boolean => route.accepts?.(model) ?? true

function refuseUnaccepted(route: RouteChoice, model: string): void {
  if (!accepts(route, model))
    refuse('The chosen route does not take this model. Choose another model or route.')
}

function checked(model: string, what: string): string {
  if (model.trim() !== '') return model
  throw new Failure(fault('selector_empty', `The ${what} is blank. Name a model, or leave it out.`))
}

function refuse(detail: string): never {
  throw new Failure(fault('route_unknown', detail))
}
