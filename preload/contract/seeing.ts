import type { ModelView } from './models'
import type { Capabilities } from './routes'

/** A route as this rule needs it, with what is known of its models; an empty list: nothing. */
export interface SeeingRoute {
  readonly route_id: string
  /** Its current model. */
  readonly model: string
  readonly capabilities: Pick<Capabilities, 'multimodal_input'>
  readonly models: readonly ModelView[]
}
export interface Choice {
  readonly provider: string
  readonly model: string
}

/** Whether pictures may be sent: a model that is in no list is let through (contract 5.2). */
export const sees = (
  route: Pick<SeeingRoute, 'capabilities'> | undefined,
  entry: Pick<ModelView, 'input_modalities'> | undefined,
): boolean =>
  (route?.capabilities.multimodal_input ?? true) &&
  (entry === undefined || entry.input_modalities.includes('image'))

/**
 * The model that sees and is nearest to one that does not: on the same route, else on the next one in order (the
 * default route comes first in an inventory). On a route: the same model, where only its own route is blind; then
 * of the same vendor, by how much of the name is the same; then the route's current model; then the cheapest that
 * reads as much. Same names and prices: by id. Undefined when none is known.
 */
export function nearestSeeing(asked: Choice, routes: readonly SeeingRoute[]): Choice | undefined {
  const own = routes.filter((route) => route.route_id === asked.provider)
  const others = routes.filter((route) => route.route_id !== asked.provider)
  const entry = own[0]?.models.find((model) => model.id === asked.model)
  for (const route of [...own, ...others]) {
    const model = nearestOn(route, asked.model, entry)
    if (model !== undefined) return { provider: route.route_id, model }
  }
  return undefined
}

function nearestOn(route: SeeingRoute, asked: string, entry: ModelView | undefined): string | undefined {
  const able = route.models.filter((model) => sees(route, model) && model.output_modalities.includes('text'))
  if (able.some((model) => model.id === asked)) return asked
  const family = able.filter((model) => vendorOf(model.id) === vendorOf(asked))
  const named = able.find((model) => model.id === route.model)
  const isEnough = ({ context_length = 0 }: ModelView) => context_length >= (entry?.context_length ?? 0)
  return (
    first(family, [(model) => -sharedWords(model.id, asked), (model) => unlike(model, asked, entry)])?.id ??
    named?.id ??
    first(able, [
      (model) => Number(!isEnough(model)),
      (model) => Number(model.is_free !== (entry?.is_free ?? false)),
      priceOf,
    ])?.id
  )
}

/** The smallest by the first measure that tells them apart; the id decides in the end. */
function first(
  models: readonly ModelView[],
  measures: readonly ((model: ModelView) => number)[],
): ModelView | undefined {
  const order = (a: ModelView, b: ModelView): number => {
    for (const measure of measures) {
      const [left, right] = [measure(a), measure(b)]
      // Not by difference: what has no price is infinite.
      if (left !== right) return left < right ? -1 : 1
    }
    return a.id < b.id ? -1 : 1
  }
  return models.toSorted(order)[0]
}

const vendorOf = (id: string): string => id.replace(/^~/, '').split('/')[0] ?? ''
const wordsOf = (id: string): readonly string[] => (id.split('/')[1] ?? '').split(/[-:.]/)

/** How many words of two names are the same from the beginning. */
function sharedWords(a: string, b: string): number {
  const others = wordsOf(b)
  const words = wordsOf(a)
  const differs = words.findIndex((word, place) => word !== others[place])
  return differs < 0 ? words.length : differs
}

/** How far away the price is, in either direction; a variant (`:free`) of another kind is farther than any price. */
function unlike(model: ModelView, asked: string, entry: ModelView | undefined): number {
  const variant = (id: string) => id.split(':')[1] ?? ''
  if (variant(model.id) !== variant(asked)) return Infinity
  return entry === undefined ? priceOf(model) : Math.abs(priceOf(model) - priceOf(entry)) || 0
}

/** US dollars for a million in and a million out; unknown ones are dearer than all. */
const priceOf = ({
  prompt_usd_per_million: prompt,
  completion_usd_per_million: completion,
}: ModelView): number => (prompt === undefined || completion === undefined ? Infinity : prompt + completion)
