import type { ModelView } from '@contract/models'
import {
  exactModels,
  filterModels,
  selectorOf,
  type IndexedModel,
  type ModelChoice,
  type ModelIndex,
} from './model-index'

/** `draws`: the models of a route that make pictures, apart from those that only speak. */
export type ModelGroup =
  'exact' | 'favourites' | 'recents' | 'typed' | { readonly provider: string; readonly draws?: true }

/** A line of the list: a heading or something to choose. */
export type ModelRow =
  | { readonly kind: 'heading'; readonly key: string; readonly group: ModelGroup; readonly count: number }
  | {
      readonly kind: 'model'
      readonly key: string
      readonly choice: ModelChoice
      /** Absent when the catalogue does not know the model. */
      readonly view?: ModelView
      /** 1-based place among what can be chosen. */
      readonly place: number
    }

export interface RowsWanted {
  readonly query: string
  readonly favourites: readonly string[]
  readonly recents: readonly string[]
  /** What the daemon made of the query, when it is a selector. */
  readonly typed?: ModelChoice | undefined
}

/**
 * The list for a query. Without one: favourites, recents, then each route whole. With one: a full match first, then
 * each route filtered, then the selector as typed.
 */
export function modelRows(index: ModelIndex, wanted: RowsWanted): readonly ModelRow[] {
  const rows: ModelRow[] = []
  let place = 0
  const add = (group: ModelGroup, entries: readonly { choice: ModelChoice; view?: ModelView }[]): void => {
    if (entries.length === 0) return
    const name = typeof group === 'string' ? group : `route ${group.provider}${group.draws ? ' draws' : ''}`
    rows.push({ kind: 'heading', key: name, group, count: entries.length })
    for (const entry of entries) {
      rows.push({ kind: 'model', key: `${name} ${selectorOf(entry.choice)}`, ...entry, place: ++place })
    }
  }

  const addRoute = (provider: string, models: readonly IndexedModel[]): void => {
    add({ provider }, models.filter((model) => !draws(model)).map(toEntry))
    add({ provider, draws: true }, models.filter(draws).map(toEntry))
  }

  if (wanted.query.trim() === '') {
    add(
      'favourites',
      wanted.favourites.flatMap((selector) => known(index, selector)),
    )
    add('recents', wanted.recents.flatMap((selector) => known(index, selector)).slice(0, 5))
    for (const { provider, models } of index.routes) addRoute(provider, models)
    return rows
  }
  const exact = exactModels(index, wanted.query)
  add('exact', exact.map(toEntry))
  for (const route of index.routes) {
    const found = filterModels(route.models, wanted.query).filter((model) => !exact.includes(model))
    addRoute(route.provider, found)
  }
  const { typed } = wanted
  if (typed && !index.bySelector.has(selectorOf(typed))) add('typed', [{ choice: typed }])
  return rows
}

const draws = ({ view }: IndexedModel): boolean => view.output_modalities.includes('image')

const toEntry = ({ choice, view }: IndexedModel) => ({ choice, view })

function known(index: ModelIndex, selector: string): readonly { choice: ModelChoice; view?: ModelView }[] {
  const model = index.bySelector.get(selector)
  if (model) return [toEntry(model)]
  const slash = selector.indexOf('/')
  const route = index.routes.find(({ provider }) => provider === selector.slice(0, slash))
  return route && slash > 0
    ? [{ choice: { provider: route.provider, model: selector.slice(slash + 1) } }]
    : []
}

/** The newest first, each once, at most 20 (contract preferences). */
export function withRecent(recents: readonly string[], selector: string): string[] {
  return [selector, ...recents.filter((other) => other !== selector)].slice(0, 20)
}
