import { createCssVariablesTheme, createHighlighterCore } from 'shiki/core'
import { createJavaScriptRegexEngine } from 'shiki/engine/javascript'
import type { HighlightTask, HighlightDone, Line, Token } from './highlight'

/**
 * Colours code away from the window's thread: a grammar's expressions are translated when they are first met, which
 * takes a second for C++. On the JavaScript engine, because the policy allows neither eval nor WebAssembly.
 */
const theme = createCssVariablesTheme({ name: 'looks', variablePrefix: '--tok-', fontStyle: false })
const opening = createHighlighterCore({
  themes: [theme],
  langs: [],
  engine: createJavaScriptRegexEngine({ forgiving: true }),
})

self.addEventListener('message', (event: MessageEvent<HighlightTask>) => void answer(event.data))

async function answer(task: HighlightTask): Promise<void> {
  const done: HighlightDone = { id: task.id, lines: await colour(task).catch(() => null) }
  self.postMessage(done)
}

async function colour({ code, language, grammar }: HighlightTask): Promise<readonly Line[]> {
  const highlighter = await opening
  if (grammar) await highlighter.loadLanguage([...grammar])
  const tokens = highlighter.codeToTokensBase(code, { lang: language, theme: 'looks' })
  return tokens.map((line) =>
    joinLooks(line.map(({ content, color }) => ({ text: content, look: lookOf(color) }))),
  )
}

/** `var(--tok-token-keyword)` is the class `tok-keyword`. */
function lookOf(color: string | undefined): string {
  const name = /^var\(--tok-token-([a-z-]+)\)$/.exec(color ?? '')?.[1]
  return name ? `tok-${name}` : ''
}

/** Neighbours that look the same, and spaces, become one token: fewer elements to draw. */
function joinLooks(tokens: readonly Token[]): Line {
  const joined: Token[] = []
  for (const token of tokens) {
    const last = joined.at(-1)
    if (last && (last.look === token.look || token.text.trim() === '')) {
      joined[joined.length - 1] = { text: last.text + token.text, look: last.look }
    } else joined.push(token)
  }
  return joined
}
