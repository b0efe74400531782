import { marker } from './marker'
import { findMedia, type Digest } from './media'
import { findShapes } from './secret-shapes'
import { findUrlExtras } from './urls'

/** A stretch of a text that must not leave, and what takes its place. Indices of UTF-16 units. */
export interface Span {
  readonly from: number
  readonly to: number
  readonly put: string
}

/**
 * What must not leave within a text of a conversation: known secrets in any spelling, keys by their looks, media, user
 * info and query of URLs. In order, none touching the next. Words around them stay as they are.
 */
export function findSecrets(text: string, known: readonly RegExp[], digest?: Digest): readonly Span[] {
  const found: Span[] = [
    ...known.flatMap((pattern) =>
      [...text.matchAll(pattern)].map(({ index, 0: secret }) => ({
        from: index,
        to: index + secret.length,
        put: marker,
      })),
    ),
    ...findMedia(text, digest),
    ...findShapes(text),
    ...findUrlExtras(text),
  ].filter(({ from, to }) => to > from)
  if (found.length === 0) return found
  const out: Span[] = []
  for (const span of found.toSorted((a, b) => a.from - b.from || b.to - a.to)) {
    const last = out.at(-1)
    if (last && span.from < last.to) {
      // A secret within a longer find, or reaching beyond it: one stretch, and nothing of either is told.
      if (span.to > last.to) out[out.length - 1] = { ...last, to: span.to, put: marker }
    } else out.push(span)
  }
  return out
}

/** The text with every span replaced. */
export function withoutSpans(text: string, spans: readonly Span[]): string {
  let out = ''
  let at = 0
  for (const { from, to, put } of spans) {
    out += text.slice(at, from) + put
    at = to
  }
  return at === 0 ? text : out + text.slice(at)
}

const unfinished: readonly RegExp[] = [
  /\b(?:sk-[\w-]*|sk|s)$/i,
  /\b(?:bearer(?:(?:\s+|%20|\+)[\w.~+/=%-]*|\s*|%2?)|beare|bear|bea|be|b)$/i,
  /(?::(?:\/\/|\\\/\\\/)[^\s"'<>`]*|:\/?|:\\(?:\/\\?)?)$/,
  /(?:data:(?:[\w.+-]+(?:\/[\w.+-]*)?)?(?:;[\w.+=-]*)*(?:,[^\s"'<>)\\]*)?|data|dat|da|d)$/,
]

/** An address or a token that is still open is looked for so far back. Characters; keeps the search linear. */
const lookBack = 4_096

/** Where the end of a text may be the beginning of something that `findSecrets` finds once more has come. */
export function unfinishedFrom(text: string, literals: readonly string[]): number {
  const skipped = Math.max(0, text.length - lookBack)
  const tail = text.slice(skipped)
  const starts = unfinished.map((pattern) => {
    const at = tail.search(pattern)
    return at < 0 ? text.length : at + skipped
  })
  return Math.min(literalFrom(text, literals), ...starts)
}

/** Where the text's end begins one of the literals; its length when it begins none. */
export function literalFrom(text: string, literals: readonly string[]): number {
  let from = text.length
  for (const literal of literals) {
    const first = literal.charCodeAt(0)
    for (let at = Math.max(0, text.length - literal.length + 1); at < from; at += 1) {
      if (text.charCodeAt(at) === first && literal.startsWith(text.slice(at))) from = at
    }
  }
  return from
}
