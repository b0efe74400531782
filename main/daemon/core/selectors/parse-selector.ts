import { fault } from '@contract/fault'
import { Failure } from '../failure'

/** What a person typed: a route id and two selectors, each optional. */
export interface Typed {
  readonly provider?: string | undefined
  readonly model?: string | undefined
  readonly fallback_model?: string | undefined
}

/** The same, split: `provider` is a route id, models carry no route prefix. */
export interface Split {
  readonly provider?: string
  readonly model?: string
  readonly fallback_model?: string
}

type ModelField = 'model' | 'fallback_model'

const labels: Record<ModelField, string> = { model: 'model', fallback_model: 'fallback model' }

/**
 * Splits selectors by the known route ids and merges them with an explicit provider (contract 3.1, 3.2).
 * Whether the provider exists is the resolver's question. Faults: `selector_empty`, `selector_model_missing`,
 * `selector_conflict` with the field that disagrees.
 */
export function parseSelector(typed: Typed, knownRoutes: ReadonlySet<string>): Split {
  let provider = isBlank(typed.provider) ? undefined : typed.provider
  const models: Partial<Record<ModelField, string>> = {}
  for (const field of ['model', 'fallback_model'] as const) {
    const text = typed[field]
    if (text === undefined) continue
    const found = splitSelector(text, field, knownRoutes)
    if (found.route !== undefined && provider !== undefined && found.route !== provider) {
      throw new Failure(
        fault(
          'selector_conflict',
          `The ${labels[field]} starts with the name of one route, but another route is asked for. ` +
            'Remove the prefix, or put the name of the wanted route in front of the whole model name.',
          { field },
        ),
      )
    }
    provider ??= found.route
    models[field] = found.model
  }
  return { ...(provider === undefined ? {} : { provider }), ...models }
}

/** One selector: the part before the first slash is a route only when it equals a known id exactly. */
function splitSelector(text: string, field: ModelField, knownRoutes: ReadonlySet<string>) {
  const selector = text.trim()
  if (selector === '') {
    throw new Failure(
      fault('selector_empty', `The ${labels[field]} is empty. Name a model, or leave it out.`),
    )
  }
  const slash = selector.indexOf('/')
  const left = selector.slice(0, slash)
  if (slash < 0 || !knownRoutes.has(left)) return { route: undefined, model: selector }
  const model = selector.slice(slash + 1).trim()
  if (model === '') {
    throw new Failure(
      fault(
        'selector_model_missing',
        `The ${labels[field]} names a route and nothing after the slash. Add the model's name.`,
      ),
    )
  }
  return { route: left, model }
}

const isBlank = (text: string | undefined): boolean => text === undefined || text.trim() === ''
