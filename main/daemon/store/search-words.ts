import { folded } from './folded'

// Scripts that are written without spaces between words: each of their characters is a word of its own here.
const unspaced = ['Han', 'Hiragana', 'Katakana', 'Thai', 'Lao', 'Khmer', 'Myanmar']
  .map((script) => `\\p{Script=${script}}`)
  .join('')
const eachUnspaced = new RegExp(`[${unspaced}]`, 'gu')
const endsUnspaced = new RegExp(`[${unspaced}]$`, 'u')

/** The text as the index reads it: 京都タワー becomes single characters, so that 京都 is found as a phrase. */
export function spacedOut(text: string): string {
  return text.replace(eachUnspaced, ' $& ')
}

// What the index counts as part of a word (FTS5 unicode61: letters, numbers, private use, and accents on them).
const inWord = String.raw`\p{L}\p{N}\p{Co}\p{Mn}`
const eachWord = new RegExp(`[${inWord}]+`, 'gu')
const endsInWord = new RegExp(`[${inWord}]$`, 'u')

export interface Wanted {
  /** An FTS5 expression in which nothing a person typed is syntax; null when there is no word to look for. */
  readonly match: string | null
  /** What of a folded text is marked when the index found it: one pattern for each thing asked for. */
  readonly words: readonly RegExp[]
  /** The same anywhere, also in the middle of words. */
  readonly pieces: readonly RegExp[]
  /** The things asked for as they were typed, the longest first: the best filter before the pieces are tried. */
  readonly typed: readonly string[]
}

/** Takes a query apart. Every thing between spaces must be there; the last one may still be being typed. */
export function wanted(query: string): Wanted | undefined {
  const asked = query.split(/\s+/u).filter((thing) => thing !== '')
  if (asked.length === 0) return undefined
  const phrases: string[] = []
  const words: RegExp[] = []
  asked.forEach((thing, place) => {
    const tokens = spacedOut(thing).match(eachWord) ?? []
    if (tokens.length === 0) return
    const open = place === asked.length - 1 && endsInWord.test(thing) && !endsUnspaced.test(thing)
    phrases.push(`"${tokens.join(' ')}"${open ? ' *' : ''}`)
    words.push(wordPattern(tokens, open))
  })
  return {
    match: phrases.length === asked.length ? phrases.join(' AND ') : null,
    words,
    pieces: asked.map((thing) => new RegExp(escaped(folded(thing).text), 'gu')),
    typed: asked.toSorted((a, b) => b.length - a.length),
  }
}

function wordPattern(tokens: readonly string[], open: boolean): RegExp {
  const inside = tokens.map((token) => escaped(folded(token).text)).join(`[^${inWord}]*`)
  const from = startsAlone(tokens[0]) ? '' : `(?<![${inWord}])`
  const upto = open || startsAlone(tokens.at(-1)) ? '' : `(?![${inWord}])`
  return new RegExp(`${from}${inside}${upto}`, 'gu')
}

const startsAlone = (token: string | undefined) => token !== undefined && endsUnspaced.test(token)
const escaped = (text: string) => text.replace(/[\\^$.*+?()[\]{}|/]/gu, String.raw`\$&`)
