import { fault } from '@contract/fault'
import { Failure } from '../failure'

export const longestPrompt = 2_000

interface Given {
  readonly prompt?: string | undefined
  readonly language?: string | undefined
  readonly timestamps?: boolean | undefined
  readonly diarization?: boolean | undefined
}

/** Options of an explicit transcription (contract 10.3); blank ones are none. Fault: `derivation_options_invalid`. */
export function readOptions(given: Given = {}): { readonly prompt?: string; readonly language?: string } {
  const prompt = given.prompt?.trim()
  const language = given.language?.trim()
  if (prompt && prompt.length > longestPrompt)
    throw refused(
      'prompt',
      `The hint for the transcription is longer than ${longestPrompt.toLocaleString('en')} letters.`,
    )
  if (language && !/^[A-Za-z0-9_-]{1,32}$/.test(language))
    throw refused('language', 'The language is a short word like “en”: letters, digits, - and _ only.')
  if (given.timestamps) throw refused('timestamps', 'Times of words can’t be had here: only the text is.')
  if (given.diarization) throw refused('diarization', 'Who spoke can’t be told here: only the text is.')
  return { ...(prompt ? { prompt } : {}), ...(language ? { language } : {}) }
}

const refused = (field: string, detail: string) =>
  new Failure(fault('derivation_options_invalid', detail, { field }))
