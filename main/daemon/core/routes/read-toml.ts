export type KeyPath = readonly string[]

/** Half-open, in UTF-16 units of the text. */
export interface Span {
  readonly from: number
  readonly upto: number
}

/** One part of a dotted key, as it is spelled. */
export interface KeyPart extends Span {
  readonly name: string
}

/** `a.b = value`, on a line of its own or in an inline table. */
export interface Entry {
  /** The table it stands in. */
  readonly base: KeyPath
  readonly parts: readonly KeyPart[]
  /** Of key and value. */
  readonly whole: Span
  readonly value: Span
  /** Present when the value is an inline table. */
  readonly inner?: readonly Entry[]
}

export interface Header extends Span {
  readonly parts: readonly KeyPart[]
  /** `[[many]]`. */
  readonly isArray: boolean
}

/** A header with the lines under it; the first section has none. */
export interface Section {
  readonly header?: Header
  readonly entries: readonly Entry[]
}

export const namesOf = (parts: readonly KeyPart[]): KeyPath => parts.map((part) => part.name)

/** Deeper keys mean nothing in a routes file; a path as long as the text must not be built up part by part. */
const deepest = 16

/**
 * Reads where everything in a TOML text stands. The text must be valid; of any other it answers something and ends.
 * What arrays hold is not looked at.
 */
export function readToml(text: string): readonly Section[] {
  const sections: { readonly header?: Header; readonly entries: Entry[] }[] = [{ entries: [] }]
  let table: KeyPath = []
  let at = skipBlank(text, 0)
  while (at < text.length) {
    const from = at
    if (text[at] === '[') {
      const brackets = text[at + 1] === '[' ? 2 : 1
      const { parts, end } = readKey(text, at + brackets, 0)
      at = end + brackets
      table = namesOf(parts)
      sections.push({ header: { from, upto: at, parts, isArray: brackets === 2 }, entries: [] })
    } else {
      const entry = readEntry(text, at, table)
      sections.at(-1)?.entries.push(entry)
      at = entry.whole.upto
    }
    // Valid TOML always moves on; anything else must not loop.
    at = Math.max(skipBlank(text, at), from + 1)
  }
  return sections
}

function readEntry(text: string, from: number, base: KeyPath): Entry {
  const { parts, end } = readKey(text, from, base.length)
  const start = skipSpace(text, end + 1)
  const isTable = text[start] === '{'
  const inline = isTable ? readInlineTable(text, start, [...base, ...namesOf(parts)]) : undefined
  const upto = inline?.upto ?? endOfValue(text, start)
  return {
    base,
    parts,
    whole: { from, upto },
    value: { from: start, upto },
    ...(inline ? { inner: inline.inner } : {}),
  }
}

/** Reads `a."b".c`; `end` is the offset of what follows it: `=` or `]`. */
function readKey(text: string, from: number, depth: number): { parts: readonly KeyPart[]; end: number } {
  const parts: KeyPart[] = []
  let at = from
  for (;;) {
    at = skipSpace(text, at)
    const end = text[at] === '"' || text[at] === "'" ? endOfString(text, at) : endOfBareKey(text, at)
    if (depth + parts.length < deepest)
      parts.push({ name: keyName(text.slice(at, end)), from: at, upto: end })
    at = skipSpace(text, end)
    if (text[at] !== '.') return { parts, end: at }
    at += 1
  }
}

function readInlineTable(
  text: string,
  from: number,
  base: KeyPath,
): { readonly inner: readonly Entry[]; readonly upto: number } {
  const inner: Entry[] = []
  let at = skipBlank(text, from + 1)
  while (at < text.length && text[at] !== '}') {
    const entry = readEntry(text, at, base)
    inner.push(entry)
    at = skipBlank(text, entry.whole.upto)
    if (text[at] !== ',') break
    at = skipBlank(text, at + 1)
  }
  return { inner, upto: Math.min(at + 1, text.length) }
}

function endOfValue(text: string, at: number): number {
  const first = text[at]
  if (first === '"' || first === "'") return endOfString(text, at)
  if (first === '[') return endOfArray(text, at)
  // A date may hold a blank before its time.
  return at + text.slice(at, endOf(text, at, /[\n,\]}#]/g)).trimEnd().length
}

/** Counts brackets: what an array holds is never named. */
function endOfArray(text: string, from: number): number {
  let depth = 0
  let at = from
  while (at < text.length) {
    const here = text[at]
    if (here === '"' || here === "'") at = endOfString(text, at)
    else if (here === '#') at = endOf(text, at, /\n/g)
    else {
      if (here === '[' || here === '{') depth += 1
      if (here === ']' || here === '}') depth -= 1
      at += 1
      if (depth === 0) return at
    }
  }
  return at
}

/** Steps over spaces, line ends and comments. */
export function skipBlank(text: string, from: number): number {
  const blank = /(?:\s|#[^\n]*)*/y
  blank.lastIndex = from
  return from + (blank.exec(text)?.[0].length ?? 0)
}

export function skipSpace(text: string, from: number): number {
  let at = from
  while (text[at] === ' ' || text[at] === '\t') at += 1
  return at
}

/** The offset behind a string that starts here, of any of the four kinds. */
function endOfString(text: string, from: number): number {
  const quote = text[from] ?? ''
  const isLong = text.startsWith(quote.repeat(3), from)
  let at = from + (isLong ? 3 : 1)
  while (at < text.length) {
    if (text[at] === '\\' && quote === '"') at += 2
    else if (text[at] !== quote) at += 1
    else if (!isLong) return at + 1
    else if (text.startsWith(quote.repeat(3), at)) {
      // Up to two quotes may stand before the closing three.
      while (text[at + 3] === quote) at += 1
      return at + 3
    } else at += 1
  }
  return text.length
}

const endOfBareKey = (text: string, from: number): number => endOf(text, from, /[^\w-]/g)

function endOf(text: string, from: number, stop: RegExp): number {
  stop.lastIndex = from
  return stop.exec(text)?.index ?? text.length
}

/** The name that a key part spells. */
function keyName(spelling: string): string {
  if (spelling.startsWith("'")) return spelling.slice(1, -1)
  if (!spelling.startsWith('"')) return spelling
  return spelling
    .slice(1, -1)
    .replace(/\\(?:u([\da-f]{4})|U([\da-f]{8})|x([\da-f]{2})|(.))/giu, (_, four, eight, two, one: string) => {
      const code = (four ?? eight ?? two) as string | undefined
      return code === undefined ? (escapes[one] ?? one) : String.fromCodePoint(Number.parseInt(code, 16))
    })
}

const escapes: Readonly<Record<string, string>> = { b: '\b', t: '\t', n: '\n', f: '\f', r: '\r', e: '\u001B' }
