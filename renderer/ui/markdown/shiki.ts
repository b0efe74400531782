import {
  createCssVariablesTheme,
  createHighlighterCore,
  type GrammarState,
  type LanguageRegistration,
} from 'shiki/core'
import { createJavaScriptRegexEngine } from 'shiki/engine/javascript'
import type { Line, Token } from './highlight'

export interface Highlighter {
  loadLanguage(grammar: LanguageRegistration[]): Promise<void>
  /** Colours some lines; `state` carries what the lines before left open. */
  colour(
    code: string,
    language: string,
    state: unknown,
  ): { readonly lines: readonly Line[]; readonly state: unknown }
}

const theme = createCssVariablesTheme({ name: 'looks', variablePrefix: '--tok-', fontStyle: false })
let opening: Promise<Highlighter> | null = null

/** One highlighter for the window, on the JavaScript engine: the policy allows neither eval nor WebAssembly. */
export const openHighlighter = (): Promise<Highlighter> => (opening ??= open())

async function open(): Promise<Highlighter> {
  const shiki = await createHighlighterCore({
    themes: [theme],
    langs: [],
    engine: createJavaScriptRegexEngine({ forgiving: true }),
  })
  return {
    loadLanguage: (grammar) => shiki.loadLanguage(grammar),
    colour(code, language, state) {
      const options = { lang: language, theme: 'looks' }
      const known = state ? { ...options, grammarState: state as GrammarState } : options
      const tokens = shiki.codeToTokensBase(code, known)
      return {
        lines: tokens.map((line) =>
          joinLooks(line.map(({ content, color }) => ({ text: content, look: lookOf(color) }))),
        ),
        state: shiki.getLastGrammarState(tokens),
      }
    },
  }
}

/** `var(--tok-token-keyword)` is the class `tok-keyword`. */
function lookOf(color: string | undefined): string {
  const name = /^var\(--tok-token-([a-z-]+)\)$/.exec(color ?? '')?.[1]
  return name ? `tok-${name}` : ''
}

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
