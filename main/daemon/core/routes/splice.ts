import type { Span } from './read-toml'

/** A piece of text that is replaced. */
export interface Splice extends Span {
  readonly put: string
}

/** Replaces pieces that do not overlap, in any order. */
export function splice(text: string, splices: readonly Splice[]): string {
  let out = ''
  let at = 0
  for (const { from, upto, put } of splices.toSorted((a, b) => a.from - b.from)) {
    out += text.slice(at, from) + put
    at = Math.max(at, upto)
  }
  return out + text.slice(at)
}

/** How lines end here: as the first one does. */
export const lineEndOf = (text: string): string => (/\r?\n/.exec(text)?.[0] === '\r\n' ? '\r\n' : '\n')

/** The lines that a piece stands on, with the last one's end. */
export function lineOf(text: string, { from, upto }: Span): Span {
  const end = text.indexOf('\n', upto)
  return { from: text.lastIndexOf('\n', from - 1) + 1, upto: end === -1 ? text.length : end + 1 }
}

/**
 * Takes pieces out with their lines; a comment behind one stays and has the line for itself. With `isTidy` one gap
 * is left where the lines of a whole table stood between two.
 */
export function removeLines(text: string, pieces: readonly Span[], isTidy: boolean): string {
  const spans: Span[] = []
  for (const piece of pieces.toSorted((a, b) => a.from - b.from)) {
    const line = lineOf(text, piece)
    const rest = text.slice(piece.upto, line.upto)
    const span = rest.trim() === '' ? line : { from: piece.from, upto: piece.upto + rest.search(/\S/) }
    const last = spans.at(-1)
    const between = text.slice(last?.upto, span.from)
    if (last && isTidy && /^(?:\s*\n)?$/.test(between))
      spans[spans.length - 1] = { from: last.from, upto: span.upto }
    else spans.push(span)
  }
  return splice(
    text,
    spans.map((span) => ({ ...(isTidy ? withGap(text, span) : span), put: '' })),
  )
}

/** The blank lines below go, too, where there are some above already; at the end of the text those above go. */
function withGap(text: string, { from, upto }: Span): Span {
  const start = linesAbove(text, from, (line) => line.trim() === '')
  const rest = text.slice(upto)
  const below = upto + (/\S/.test(rest) ? rest.search(/[ \t]*\S/) : rest.length)
  if (below === text.length) return { from: start, upto: below }
  // Half a line is left below a piece that a comment followed.
  const isWhole = text[upto - 1] === '\n'
  return isWhole && (start < from || from === 0) ? { from, upto: below } : { from, upto }
}

/** Where the lines directly above a line begin that are all like this. */
export function linesAbove(text: string, from: number, isLike: (line: string) => boolean): number {
  let at = from
  while (at > 0) {
    const start = at === 1 ? 0 : text.lastIndexOf('\n', at - 2) + 1
    if (!isLike(text.slice(start, at))) break
    at = start
  }
  return at
}

export const writeKey = (name: string): string => (/^[\w-]+$/.test(name) ? name : quoted(name))

/** A value as TOML; a text keeps the literal quotes of the one it replaces where it can. */
export function writeValue(value: string | boolean | number, old = ''): string {
  if (typeof value !== 'string') return String(value)
  const isLiteral = old.startsWith("'") && !old.startsWith("'''")
  // oxlint-disable-next-line no-control-regex
  return isLiteral && !/['\u0000-\u0008\u000A-\u001F\u007F]/.test(value) ? `'${value}'` : quoted(value)
}

const escapes: Readonly<Record<string, string>> = {
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\f': '\\f',
  '\r': '\\r',
  '"': '\\"',
  '\\': '\\\\',
}

const quoted = (text: string): string =>
  // oxlint-disable-next-line no-control-regex
  `"${text.replace(/["\\\u0000-\u001F\u007F]/g, (sign) => escapes[sign] ?? `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`)}"`
