import type { ModelView } from '@contract/models'
import { defaultChatModel } from '../images/choose-model'

/** What speaks where nobody said what does (contract 9.4). */
export const defaultSpeechModel = 'openai/gpt-4o-mini-tts-2025-12-15'

/** Names that the speech endpoint does not know, or that are no names of a model that speaks. */
const renamed: ReadonlySet<string> = new Set([
  '',
  defaultChatModel,
  'tts-1',
  'tts-1-hd',
  'openai/tts-1',
  'openai/tts-1-hd',
  'gpt-4o-mini-tts',
  'openai/gpt-4o-mini-tts',
  'elevenlabs/eleven-turbo-v2',
])
const speechModelOf = (model: string): string =>
  renamed.has(model.trim()) ? defaultSpeechModel : model.trim()

type Modalities = Pick<ModelView, 'input_modalities' | 'output_modalities'>

/** Whether a model speaks: as the catalogue knows it, or by its name. */
export function speaks(model: string, entry: Modalities | undefined): boolean {
  const makes = entry?.output_modalities ?? []
  const isKnown =
    entry?.input_modalities.includes('text') && (makes.includes('speech') || makes.includes('audio'))
  return isKnown === true || /tts|speech/i.test(model)
}

/**
 * The model that is asked on a route. One that was named is taken as it is, but for names that mean the usual one;
 * otherwise the first of `own` (the run's, the route's) that speaks.
 */
export function chooseSpeechModel(
  named: string | undefined,
  own: readonly string[],
  isAble: (model: string) => boolean,
): string {
  return speechModelOf(named ?? own.find(isAble) ?? '')
}

/** Whether a list of models that speak has it: those that chat as well are not asked for speech. */
export const isListedAsSpeaking = ({ id, ...entry }: Pick<ModelView, 'id'> & Modalities): boolean =>
  entry.output_modalities.includes('speech') ||
  (speaks(id, entry) && !entry.output_modalities.includes('text'))
