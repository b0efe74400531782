import type { LanguageRegistration } from 'shiki/core'
import { languages } from './languages'

/** A stretch of a line in one colour; `look` is a class of markdown.css, empty for plain text. */
export interface Token {
  readonly text: string
  readonly look: string
}
export type Line = readonly Token[]

/** To the worker; `grammar` the first time that a language is asked for. */
export interface HighlightTask {
  readonly id: number
  readonly code: string
  readonly language: string
  readonly grammar?: readonly LanguageRegistration[]
}
/** From the worker; null when the code could not be coloured. */
export interface HighlightDone {
  readonly id: number
  readonly lines: readonly Line[] | null
}

/** Longer code stays plain: nobody reads it by its colours. */
const longest = 60_000
/** Characters of coloured code that are remembered for rows that scroll back into view. */
const remembered = 1_500_000

const cache = new Map<string, readonly Line[]>()
let cached = 0
let worker: Worker | null = null
let lastId = 0
const waiting = new Map<number, (lines: readonly Line[] | null) => void>()
const taught = new Set<string>()

const keyOf = (code: string, language: string): string => `${language}\n${code}`

/** Code that was coloured before, without waiting. */
export const highlighted = (code: string, language: string): readonly Line[] | undefined =>
  cache.get(keyOf(code, language))

/** Colours code in a worker. Null when it is too long or its grammar fails: it stays plain, which is still right. */
export async function highlight(code: string, language: string): Promise<readonly Line[] | null> {
  const load = languages[language]
  if (code.length > longest || !load) return null
  const lines = await ask(code, language, (await load()).default)
  if (lines) remember(keyOf(code, language), lines)
  return lines
}

function ask(
  code: string,
  language: string,
  grammar: readonly LanguageRegistration[],
): Promise<readonly Line[] | null> {
  worker ??= openWorker()
  const id = ++lastId
  const task: HighlightTask = { id, code, language, ...(taught.has(language) ? {} : { grammar }) }
  taught.add(language)
  worker.postMessage(task)
  return new Promise((resolve) => waiting.set(id, resolve))
}

function openWorker(): Worker {
  const opened = new Worker(new URL('./highlight-worker.ts', import.meta.url), { type: 'module' })
  opened.addEventListener('message', (event: MessageEvent<HighlightDone>) => {
    waiting.get(event.data.id)?.(event.data.lines)
    waiting.delete(event.data.id)
  })
  opened.addEventListener('error', () => {
    for (const resolve of waiting.values()) resolve(null)
    waiting.clear()
  })
  return opened
}

function remember(key: string, lines: readonly Line[]): void {
  if (cache.has(key)) return
  cache.set(key, lines)
  cached += key.length
  for (const oldest of cache.keys()) {
    if (cached <= remembered) break
    cache.delete(oldest)
    cached -= oldest.length
  }
}
