import { fault } from '@contract/fault'
import type { Capabilities } from '@contract/routes'
import { Failure } from '../failure'
import { chooseImageModel, makesPictures, type FindAbility, type ImageOperation } from './choose-model'

/** A route as this rule needs it. */
export interface ImageRoute {
  readonly route_id: string
  /** Its current model. */
  readonly model: string
  readonly capabilities: Pick<Capabilities, 'image_generation' | 'image_edit'>
}

interface Wish {
  readonly operation: ImageOperation
  /** A route id; no other is tried. */
  readonly provider?: string | undefined
  readonly model?: string | undefined
  /** Where the run is: a preference only. */
  readonly soft?: { readonly route_id: string; readonly model: string } | undefined
}

/** Whether a route registers the backend: every openrouter route does, unless its file says no (contract 2.5). */
export const hasBackend = ({ capabilities }: ImageRoute, operation: ImageOperation): boolean =>
  operation === 'edit' ? capabilities.image_edit : capabilities.image_generation

/** Whether it makes pictures or edits them; a route that is gone does neither. */
export const hasAnyBackend = (route: ImageRoute | undefined): boolean =>
  route !== undefined && (hasBackend(route, 'generate') || hasBackend(route, 'edit'))

/**
 * Routes with their models in the order in which they are tried (contract 9.1): the named one alone, else the run's
 * own, the first of the inventory, the rest by id. `routes` come in inventory order. Faults: `route_unknown`,
 * `image_route_missing`.
 */
export function imageCandidates(
  { operation, provider, model, soft }: Wish,
  routes: readonly ImageRoute[],
  find: FindAbility,
): readonly { readonly route_id: string; readonly model: string }[] {
  const able = routes.filter((route) => hasBackend(route, operation))
  const named = provider?.trim() ? provider : undefined
  if (named !== undefined && !routes.some((route) => route.route_id === named))
    throw new Failure(fault('route_unknown', `There is no route ${named}. Choose one of the routes file.`))
  const tried =
    named === undefined
      ? able.toSorted((a, b) => Number(b.route_id === soft?.route_id) - Number(a.route_id === soft?.route_id))
      : able.filter((route) => route.route_id === named)
  if (tried.length === 0) throw new Failure(missing(operation, named))
  return tried.map((route) => {
    const { route_id } = route
    const own = soft?.route_id === route_id ? [soft.model, route.model] : [route.model]
    const isAble = (id: string) => makesPictures(id, operation, find(route_id, id))
    return { route_id, model: chooseImageModel(model, own, isAble) }
  })
}

const missing = (operation: ImageOperation, route: string | undefined) => {
  const what = operation === 'edit' ? 'edits' : 'makes'
  return fault(
    'image_route_missing',
    route === undefined
      ? `No route ${what} pictures. Allow it for one in Settings under Routes.`
      : `The route ${route} ${what} no pictures. Choose another one, or allow it in Settings under Routes.`,
  )
}
