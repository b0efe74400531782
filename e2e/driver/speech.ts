import { execFile } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Sentences that the recogniser hears without a mistake from these voices, with the grammar of them. */
export const easySentences = [
  'hello world please open the window',
  'the quick brown fox jumps over the lazy dog',
  'write a letter to my mother this evening',
  'we will meet at the station tomorrow morning',
  'please buy bread and milk and seven apples',
  'the weather is cold but the sun is shining',
  'turn left at the second bridge',
  'remember to water the plants on friday',
  'a red boat sails across the quiet lake',
  'close the door and switch off the light',
] as const

export const isThere = (program: string): boolean =>
  (process.env['PATH'] ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK)
      return true
    } catch {
      return false
    }
  })

/** Whether this machine can speak sentences; and whether it can write them down. */
export const canSpeak = (): boolean => isThere('flite') && isThere('sox')
export const canListen = (): boolean => canSpeak() && isThere('pocketsphinx_continuous')

export interface SpokenSentence {
  readonly sentence: string
  /** 16-bit mono WAV. */
  readonly wav: Buffer
}

export interface Speaking {
  readonly voice?: 'slt' | 'rms' | 'kal16'
  /** Hertz; default 16,000. A browser's fake microphone wants 48,000. */
  readonly rate?: number
  /** Silence before and after, seconds; default 0.3 and 0.4. */
  readonly before?: number
  readonly after?: number
}

/** Sound of sentences, one by one, in their order. */
export async function speakSentences(
  sentences: readonly string[],
  { voice = 'slt', rate = 16_000, before = 0.3, after = 0.4 }: Speaking = {},
): Promise<readonly SpokenSentence[]> {
  const folder = await mkdtemp(join(tmpdir(), 'kheish-speech-'))
  try {
    const spoken: SpokenSentence[] = []
    for (const [at, sentence] of sentences.entries()) {
      const raw = join(folder, `${at}-raw.wav`)
      const ready = join(folder, `${at}.wav`)
      await run('flite', ['-voice', voice, '-t', sentence, '-o', raw])
      const form = ['-r', String(rate), '-c', '1', '-b', '16', ready]
      await run('sox', ['-D', raw, ...form, 'pad', String(before), String(after)])
      spoken.push({ sentence, wav: await readFile(ready) })
    }
    return spoken
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** The grammar of any of the sentences, several times in a row or once (JSGF; `KHEISH_DEMO_GRAMMAR` names its file). */
export const grammarOf = (sentences: readonly string[]): string =>
  `#JSGF V1.0;\ngrammar sentences;\npublic <said> = (${sentences.map((one) => one.toLowerCase()).join(' | ')})+;\n`

/** The grammar as a file in a folder; answers its path. */
export async function writeGrammar(folder: string, sentences: readonly string[]): Promise<string> {
  const path = join(folder, 'sentences.jsgf')
  await writeFile(path, grammarOf(sentences))
  return path
}
