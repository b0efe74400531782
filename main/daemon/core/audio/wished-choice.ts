import { usualVoices, type SoundModelView, type SpeechChoice } from '@contract/audio'
import type { Preferences } from '@contract/preferences'
import { parseSelector } from '../selectors/parse-selector'

interface Speaking {
  models(routeId?: string): readonly SoundModelView[]
  defaultChoice(): { readonly model: string } | null
}

/**
 * What somebody asked for, and for the rest what they prefer. A preferred model goes with its own route only; a
 * preferred voice only to a model that has it.
 */
export function wishedChoice(
  asked: SpeechChoice,
  {
    speech_model,
    speech_voice,
    speech_speed,
  }: Pick<Preferences, 'speech_model' | 'speech_voice' | 'speech_speed'>,
  speaking: Speaking,
  isRoute: (id: string) => boolean,
): SpeechChoice {
  const prefers = speech_model.trim() === '' ? {} : preferred(speech_model, isRoute)
  const isOther =
    asked.model !== undefined ||
    (asked.provider !== undefined && prefers.provider !== undefined && asked.provider !== prefers.provider)
  const where = isOther ? asked : { ...prefers, ...present(asked) }
  const model = where.model ?? speaking.defaultChoice()?.model
  const known = speaking.models(where.provider).find(({ id }) => id === model)?.voices ?? []
  const voices: readonly string[] = known.length > 0 ? known : usualVoices
  const fits = voices.includes(speech_voice) || speech_voice.startsWith('voice_')
  const voice = asked.voice ?? (fits ? speech_voice : undefined)
  return {
    ...(where.provider === undefined ? {} : { provider: where.provider }),
    ...(where.model === undefined ? {} : { model: where.model }),
    ...(voice === undefined ? {} : { voice }),
    speed: asked.speed ?? speech_speed,
  }
}

function preferred(selector: string, isRoute: (id: string) => boolean) {
  const left = selector.trim().split('/', 1)[0] ?? ''
  return parseSelector({ model: selector }, new Set(isRoute(left) ? [left] : []))
}

const present = ({ provider, model }: SpeechChoice) => ({
  ...(provider === undefined ? {} : { provider }),
  ...(model === undefined ? {} : { model }),
})
