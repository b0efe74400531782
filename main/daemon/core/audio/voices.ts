import { usualVoices } from '@contract/audio'
import { speechInvalid } from './check-speech'

const fallback = 'alloy'
const longest = 96

/** `known`: what the catalogue names for the model; empty: nothing. A voice somebody made has a name of its own. */
export function chooseVoice(named: string | undefined, known: readonly string[]): string {
  const voice = named?.trim() ?? ''
  const voices: readonly string[] = known.length > 0 ? known : usualVoices
  if (voice === '') return voices.includes(fallback) ? fallback : (voices[0] ?? fallback)
  if (voices.includes(voice)) return voice
  if (voice.length > longest || !/^[\w-]+$/.test(voice))
    throw speechInvalid('voice', 'voice has at most 96 letters, digits, underscores and hyphens.')
  if (voice.startsWith('voice_') && voice.length > 'voice_'.length) return voice
  const same = voices.find((each) => each.toLowerCase() === voice.toLowerCase())
  if (same !== undefined) return same
  const some = voices.slice(0, 20).join(', ')
  throw speechInvalid(
    'voice',
    `This model has no voice ${voice}. It has: ${some}${voices.length > 20 ? ', …' : ''}.`,
  )
}
