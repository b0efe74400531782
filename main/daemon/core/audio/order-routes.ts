import { fault } from '@contract/fault'
import { Failure } from '../failure'
import { chooseSpeechModel } from './speech-model'

/** A route as this rule needs it. */
export interface SpeechRoute {
  readonly route_id: string
  /** Its current model. */
  readonly model: string
  readonly backends: { readonly audio_generation: boolean }
}

interface Wish {
  /** A route id; no other is tried. */
  readonly provider?: string | undefined
  readonly model?: string | undefined
  /** Where the run is: a preference only. */
  readonly soft?: { readonly route_id: string; readonly model: string } | undefined
}

/** Whether a route registers the backend: every openrouter route does, unless its file says no (contract 2.5). */
export const hasSpeech = ({ backends }: SpeechRoute): boolean => backends.audio_generation

/**
 * The one route that speaks, with its model (contract 9.1): the named one, else the run's own, else the first of the
 * inventory. There is no other one to go on with. `routes` come in inventory order. Faults: `route_unknown`,
 * `speech_route_missing`.
 */
export function speechChoice(
  { provider, model, soft }: Wish,
  routes: readonly SpeechRoute[],
  isAble: (route_id: string, model: string) => boolean,
): { readonly route_id: string; readonly model: string } {
  const named = provider?.trim() ? provider.trim() : undefined
  if (named !== undefined && !routes.some(({ route_id }) => route_id === named))
    throw new Failure(fault('route_unknown', `There is no route ${named}. Choose one of the routes file.`))
  const able = routes.filter((route) => hasSpeech(route))
  const route =
    named === undefined
      ? (able.find(({ route_id }) => route_id === soft?.route_id) ?? able[0])
      : able.find(({ route_id }) => route_id === named)
  if (!route) throw new Failure(missing(named))
  const { route_id } = route
  const own = soft?.route_id === route_id ? [soft.model, route.model] : [route.model]
  return { route_id, model: chooseSpeechModel(model, own, (id) => isAble(route_id, id)) }
}

const missing = (route: string | undefined) =>
  fault(
    'speech_route_missing',
    route === undefined
      ? 'No route speaks. Allow it for one in Settings under Routes.'
      : `The route ${route} does not speak. Choose another one, or allow it in Settings under Routes.`,
  )
