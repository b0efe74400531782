import { languages } from './languages'

/** A stretch of a line in one colour; `look` is a class of markdown.css, empty for plain text. */
export interface Token {
  readonly text: string
  readonly look: string
}
export type Line = readonly Token[]

/** Longer code stays plain: nobody reads it by its colours. */
const longest = 60_000
/** Lines coloured before the window gets its turn. */
const linesAtOnce = 24
/** Characters of coloured code that are remembered for rows that scroll back into view. */
const remembered = 1_500_000

const cache = new Map<string, readonly Line[]>()
let cached = 0

const keyOf = (code: string, language: string): string => `${language}\n${code}`

/** Code that was coloured before, without waiting. */
export const highlighted = (code: string, language: string): readonly Line[] | undefined =>
  cache.get(keyOf(code, language))

/** Colours code a few lines at a time. Null when it is too long or the signal fires. */
export async function highlight(
  code: string,
  language: string,
  signal: AbortSignal,
): Promise<readonly Line[] | null> {
  const load = languages[language]
  if (code.length > longest || !load) return null
  const [{ openHighlighter }, grammar] = await Promise.all([import('./shiki'), load()])
  if (signal.aborted) return null
  const highlighter = await openHighlighter()
  await turn()
  await highlighter.loadLanguage(grammar.default)
  const source = code.split('\n')
  const lines: Line[] = []
  let state: unknown
  for (let at = 0; at < source.length; at += linesAtOnce) {
    await turn()
    if (signal.aborted) return null
    const piece = highlighter.colour(source.slice(at, at + linesAtOnce).join('\n'), language, state)
    lines.push(...piece.lines)
    state = piece.state
  }
  remember(keyOf(code, language), lines, code.length)
  return lines
}

function remember(key: string, lines: readonly Line[], size: number): void {
  cache.set(key, lines)
  cached += size
  for (const oldest of cache.keys()) {
    if (cached <= remembered) break
    cache.delete(oldest)
    cached -= oldest.length
  }
}

/** Lets input and painting go first. */
const turn = (): Promise<void> =>
  new Promise((resolve) => {
    if ('requestIdleCallback' in globalThis) requestIdleCallback(() => resolve(), { timeout: 200 })
    else setTimeout(resolve, 0)
  })
