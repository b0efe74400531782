import type { ModelView } from '@contract/models'
import type { Capabilities } from '@contract/routes'
import { selectorOf, type IndexedModel, type ModelChoice, type ModelIndex } from './model-index'

export interface SeeingRoute {
  readonly route_id: string
  readonly model: string
  readonly capabilities: Pick<Capabilities, 'multimodal_input'>
}

/** Whether pictures may go to it; what nothing is known of is let through (contract 5.2). */
export function sees(choice: ModelChoice, routes: readonly SeeingRoute[], index: ModelIndex): boolean {
  const route = routes.find(({ route_id }) => route_id === choice.provider)
  if (route?.capabilities.multimodal_input === false) return false
  const known = index.bySelector.get(selectorOf(choice))
  return known === undefined || canSee(known.view)
}

/**
 * The model that sees and is nearest to one that does not: of the same route before others; there of the same maker
 * by how much of the name is the same, then the route's own model, then the cheapest. Null when none is known.
 */
export function nearestSeeing(
  choice: ModelChoice,
  routes: readonly SeeingRoute[],
  index: ModelIndex,
): ModelChoice | null {
  const inOrder = routes.toSorted(
    (one, other) => Number(one.route_id !== choice.provider) - Number(other.route_id !== choice.provider),
  )
  for (const { route_id, model, capabilities } of inOrder) {
    if (!capabilities.multimodal_input) continue
    const able = (index.routes.find(({ provider }) => provider === route_id)?.models ?? []).filter(
      ({ view }) => canSee(view) && view.output_modalities.includes('text'),
    )
    const family = able.filter(({ view }) => makerOf(view.id) === makerOf(choice.model))
    const nearest =
      best(family, ({ view }) => -sharedWords(view.id, choice.model)) ??
      able.find(({ view }) => view.id === model) ??
      best(able, () => 0)
    if (nearest) return nearest.choice
  }
  return null
}

const canSee = (view: ModelView): boolean => view.input_modalities.includes('image')
const makerOf = (id: string): string => id.slice(0, id.indexOf('/'))

/** By `rank`, then price, then id. */
function best(
  models: readonly IndexedModel[],
  rank: (model: IndexedModel) => number,
): IndexedModel | undefined {
  return models.toSorted(
    (one, other) =>
      rank(one) - rank(other) ||
      priceOf(one.view) - priceOf(other.view) ||
      (one.view.id < other.view.id ? -1 : 1),
  )[0]
}

/** US dollars; unknown ones are dearer than any. */
const priceOf = (view: ModelView): number =>
  Math.min(1e9, (view.prompt_usd_per_million ?? 1e9) + (view.completion_usd_per_million ?? 1e9))

const wordsOf = (id: string): readonly string[] => id.slice(id.indexOf('/') + 1).split(/[-:.]/)

function sharedWords(one: string, other: string): number {
  const others = wordsOf(other)
  const words = wordsOf(one)
  const differs = words.findIndex((word, place) => word !== others[place])
  return differs === -1 ? words.length : differs
}
