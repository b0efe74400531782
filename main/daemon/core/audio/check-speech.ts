import { longestInstructions, longestSpeech, speechFormats, type SpeechFormat } from '@contract/audio'
import { fault } from '@contract/fault'
import { Failure } from '../failure'

/** What is to be spoken, as somebody asked for it. */
interface Asked {
  readonly input: string
  readonly instructions?: string | undefined
  readonly voice?: string | undefined
  readonly format?: string | undefined
  readonly speed?: number | undefined
}

/** The same, fit to be asked for; a voice is judged once the model is known. */
export interface CheckedSpeech {
  readonly input: string
  readonly instructions?: string
  readonly format: SpeechFormat
  readonly speed: number
}

/** Formats that other speech services know; of these only two can be asked for here (contract 9.4). */
const formats = ['mp3', 'wav', 'pcm', 'opus', 'aac', 'flac']

export const speechInvalid = (field: string, detail: string) =>
  new Failure(fault('speech_invalid', detail, { field }))

/** Letters as people count them. */
const lengthOf = (text: string): number =>
  text.length <= longestInstructions ? text.length : Array.from(text).length

/** Contract 9.4. Fault: `speech_invalid` with the field. */
export function checkSpeech({ input, instructions, format, speed = 1 }: Asked): CheckedSpeech {
  const said = input.trim()
  if (said === '') throw speechInvalid('input', 'There is nothing to say: input is empty.')
  if (lengthOf(said) > longestSpeech)
    throw speechInvalid('input', 'input may have 4,096 characters at most. Say it in several parts.')
  const how = instructions?.trim()
  if (how !== undefined && lengthOf(how) > longestInstructions)
    throw speechInvalid('instructions', 'instructions may have 4,000 characters at most.')
  if (!Number.isFinite(speed) || speed < 0.25 || speed > 4)
    throw speechInvalid('speed', 'speed is a number from 0.25 to 4.')
  return { input: said, ...(how ? { instructions: how } : {}), format: checkFormat(format), speed }
}

function checkFormat(given: string | undefined): SpeechFormat {
  const format = given?.trim().toLowerCase() ?? ''
  if (format === '') return 'mp3'
  const found = speechFormats.find((each) => each === format)
  if (found) return found
  throw speechInvalid(
    'format',
    formats.includes(format)
      ? `This provider speaks as mp3 or pcm only, not as ${format}.`
      : 'format is mp3 or pcm.',
  )
}
