import { fault } from '@contract/fault'
import { Failure } from '../failure'
import type { AcceptedType } from '../media-types/media-types'

/** Words for what the bytes are (contract 10.3, API reference 5.2). */
export const soundFormats = ['wav', 'mp3', 'm4a', 'webm', 'ogg', 'aac', 'flac', 'pcm16', 'pcm24'] as const
export type SoundFormat = (typeof soundFormats)[number]

/** What a run's recordings must be to be written down by themselves (contract 10.1). */
const automatic: ReadonlySet<string> = new Set([
  'audio/wav',
  'audio/webm',
  'audio/mpeg',
  'audio/mpga',
  'audio/mp4',
  'audio/m4a',
])
export const isAutomatic = (mediaType: string): boolean => automatic.has(mediaType)

const byType: Readonly<Record<string, SoundFormat>> = {
  'audio/wav': 'wav',
  'audio/mpeg': 'mp3',
  'audio/mpga': 'mp3',
  'audio/mp4': 'm4a',
  'audio/m4a': 'm4a',
  'audio/webm': 'webm',
  'audio/opus': 'ogg',
  'audio/aac': 'aac',
  'audio/flac': 'flac',
  'audio/l16': 'pcm16',
  'audio/l24': 'pcm24',
}
const byEnding: Readonly<Record<string, SoundFormat>> = {
  wav: 'wav',
  mp3: 'mp3',
  mpga: 'mp3',
  mp4: 'm4a',
  m4a: 'm4a',
  webm: 'webm',
  ogg: 'ogg',
  opus: 'ogg',
  aac: 'aac',
  flac: 'flac',
  pcm: 'pcm16',
}

/**
 * The format word of a stored recording (contract 10.3). The bytes count for more than what was declared, for a wrong
 * word gives garbage with a success (API reference 5.2). Fault: `unsupported_media_type`.
 */
export function soundFormat(mediaType: string, fileName: string, bytes: Uint8Array): SoundFormat {
  const format = formatOfBytes(bytes) ?? byType[mediaType] ?? byEnding[endingOf(fileName)]
  if (format) return format
  throw new Failure(
    fault(
      'unsupported_media_type',
      'What kind of sound this is can’t be told, so nobody can write it down.',
      {
        media_type: mediaType,
      },
    ),
  )
}

const endingOf = (name: string): string => name.slice(name.lastIndexOf('.') + 1).toLowerCase()

function formatOfBytes(bytes: Uint8Array): SoundFormat | undefined {
  const word = (from: number, length: number) => String.fromCharCode(...bytes.subarray(from, from + length))
  if (word(0, 4) === 'RIFF' && word(8, 4) === 'WAVE') return 'wav'
  if (word(0, 4) === '\x1a\x45\xdf\xa3') return 'webm'
  if (word(0, 4) === 'OggS') return 'ogg'
  if (word(0, 4) === 'fLaC') return 'flac'
  if (word(4, 4) === 'ftyp') return 'm4a'
  return word(0, 3) === 'ID3' ? 'mp3' : undefined
}

/** The type whose check a recording must pass before it is sent. */
export const checkedType = (mediaType: string): AcceptedType => mediaType as AcceptedType

const usual: readonly SoundFormat[] = ['wav', 'mp3', 'm4a', 'flac']
/**
 * What models are known to take (API reference 5.2 and 10, row 24). Everybody takes WAV; a container of browsers only
 * goes to those who say so, everything else is made 16 kHz mono WAV first.
 */
const known: readonly { readonly model: RegExp; readonly takes: readonly SoundFormat[] }[] = [
  { model: /chirp/, takes: ['wav', 'flac'] },
  { model: /^openai\//, takes: [...usual, 'webm', 'ogg'] },
  { model: /^deepgram\//, takes: [...usual, 'webm', 'ogg', 'aac'] },
]
export const takenBy = (model: string): readonly SoundFormat[] =>
  known.find((one) => one.model.test(model))?.takes ?? usual

/** How long one request's recording may be, milliseconds: providers cut at 60 s of work (API reference 5.2). */
export const longestPart = (model: string): number => (/chirp/.test(model) ? 55_000 : 300_000)
