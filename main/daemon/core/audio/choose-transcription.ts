import { fault } from '@contract/fault'
import { Failure } from '../failure'

/** What writes down where nobody said what does (contract 10.2). */
export const defaultTranscriptionModel = 'openai/gpt-4o-mini-transcribe'

/** Names that mean it. `openai/whisper-1`, with its author, is itself. */
const aliases: ReadonlySet<string> = new Set([
  '',
  'openai/gpt-5.4-mini',
  'gpt-4o-transcribe',
  'gpt-4o-mini-transcribe',
  'whisper-1',
])

export const transcriptionModel = (named: string): string => {
  const model = named.trim()
  return aliases.has(model) ? defaultTranscriptionModel : model
}

/** What a catalogue says of a model; undefined: nothing. */
export interface KnownModalities {
  readonly input_modalities: readonly string[]
  readonly output_modalities: readonly string[]
}

/** Whether a model writes down what it hears: as the catalogue knows it, or by its name (contract 10.2). */
export function writesDown(model: string, known: KnownModalities | undefined): boolean {
  if (/transcribe|whisper/i.test(model)) return true
  if (!known) return false
  const gives = known.output_modalities
  return (
    gives.includes('transcription') || (known.input_modalities.includes('audio') && gives.includes('text'))
  )
}

/** A route as this rule needs it, in inventory order. */
export interface SoundRoute {
  readonly route_id: string
  /** Its current model. */
  readonly model: string
  readonly backends: { readonly transcription: boolean }
}

export interface TranscriptionWish {
  /** A route id; no other is taken. */
  readonly provider?: string | undefined
  readonly model?: string | undefined
  /** What the person prefers, split: not said where it does not fit any more. */
  readonly preferred?: { readonly provider?: string | undefined; readonly model?: string | undefined }
  /** The run's own. */
  readonly soft?: { readonly route_id: string; readonly model: string } | undefined
}

export interface TranscriptionChoice {
  readonly route_id: string
  readonly model: string
  /** Somebody named the model: no other is asked in its place. */
  readonly is_named: boolean
}

/**
 * Who writes down (contract 10.2): the named route, else the preferred one, the run's own, the first of the inventory,
 * of those that have the backend. Undefined where none has. Faults, for a named route: `route_unknown`,
 * `transcription_route_missing`.
 */
export function chooseTranscription(
  { provider, model, preferred = {}, soft }: TranscriptionWish,
  routes: readonly SoundRoute[],
  find: (route_id: string, model: string) => KnownModalities | undefined,
): TranscriptionChoice | undefined {
  const able = routes.filter(({ backends }) => backends.transcription)
  const byId = (id: string | undefined) => able.find(({ route_id }) => route_id === id)
  const named = provider?.trim() ? provider.trim() : undefined
  if (named !== undefined && !routes.some(({ route_id }) => route_id === named))
    throw new Failure(fault('route_unknown', `There is no route ${named}. Choose one of the routes file.`))
  const route =
    named === undefined ? (byId(preferred.provider) ?? byId(soft?.route_id) ?? able[0]) : byId(named)
  if (!route && named !== undefined)
    throw new Failure(
      fault(
        'transcription_route_missing',
        `The route ${named} writes nothing down. Choose another one, or allow it in Settings under Routes.`,
      ),
    )
  if (!route) return undefined
  const { route_id } = route
  const isPreferred = preferred.provider === undefined || preferred.provider === route_id
  const wished = model ?? (isPreferred && preferred.model?.trim() ? preferred.model : undefined)
  if (wished !== undefined) return { route_id, model: transcriptionModel(wished), is_named: true }
  const own = soft?.route_id === route_id ? soft.model : route.model
  const isAble = writesDown(own, find(route_id, own))
  return { route_id, model: transcriptionModel(isAble ? own : ''), is_named: false }
}
