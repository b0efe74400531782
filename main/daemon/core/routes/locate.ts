/** 1-based; columns count UTF-16 units. */
export interface Place {
  readonly line: number
  readonly column: number
}

export type KeyPath = readonly string[]

/** Where a key of a TOML text is named. */
export interface NamedKey {
  readonly path: KeyPath
  /** Offset of the last part of the path, in the text. */
  readonly offset: number
}

/**
 * Finds where a key path is first named: the part itself in `[table.part]`, `dotted.part = …` or `{ part = … }`.
 * Undefined when the text never names it. The text must be valid TOML; keys inside arrays are not named.
 */
export function locate(text: string, path: KeyPath): Place | undefined {
  const wanted = JSON.stringify(path)
  const key = nameKeys(text).find((named) => JSON.stringify(named.path) === wanted)
  return key && placeOf(text, key.offset)
}

/** The place of an offset. */
export function placeOf(text: string, offset: number): Place {
  const before = text.slice(0, offset)
  const lineStart = before.lastIndexOf('\n') + 1
  return { line: before.split('\n').length, column: offset - lineStart + 1 }
}

/** Every key that a valid TOML text names outside arrays, in the order of the text; parents before children. */
export function nameKeys(text: string): NamedKey[] {
  const keys: NamedKey[] = []
  let table: KeyPath = []
  let at = skipBlank(text, 0)
  while (at < text.length) {
    if (text[at] === '[') {
      const isArray = text[at + 1] === '['
      const header = readKey(text, at + (isArray ? 2 : 1), [], keys)
      table = header.path
      at = header.end + (isArray ? 2 : 1)
    } else {
      const key = readKey(text, at, table, keys)
      at = skipValue(text, key.end + 1, key.path, keys)
    }
    const next = skipBlank(text, at)
    // Valid TOML always moves on; anything else must not loop.
    at = Math.max(next, at + 1)
  }
  return keys
}

/** Deeper keys mean nothing in a routes file; a path as long as the text must not be built up part by part. */
const deepest = 16

/** Reads `a."b".c`; `end` is the offset of what follows it: `=` or `]`. */
function readKey(
  text: string,
  from: number,
  table: KeyPath,
  keys: NamedKey[],
): { path: KeyPath; end: number } {
  let path = table
  let at = from
  for (;;) {
    at = skipSpace(text, at)
    const end = text[at] === '"' || text[at] === "'" ? endOfString(text, at) : endOfBareKey(text, at)
    if (path.length < deepest) {
      path = [...path, keyName(text.slice(at, end))]
      keys.push({ path, offset: at })
    }
    at = skipSpace(text, end)
    if (text[at] !== '.') return { path, end: at }
    at += 1
  }
}

/** Steps over a value and names the keys of inline tables; answers the offset behind it. */
function skipValue(text: string, from: number, path: KeyPath, keys: NamedKey[]): number {
  const at = skipSpace(text, from)
  const first = text[at]
  if (first === '"' || first === "'") return endOfString(text, at)
  if (first === '[') return skipArray(text, at)
  if (first === '{') return skipInlineTable(text, at, path, keys)
  // A date may hold a blank before its time.
  return endOf(text, at, /[\n,\]}#]/g)
}

/** Counts brackets: what an array holds is never named. */
function skipArray(text: string, from: number): number {
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

function skipInlineTable(text: string, from: number, path: KeyPath, keys: NamedKey[]): number {
  let at = skipBlank(text, from + 1)
  while (at < text.length && text[at] !== '}') {
    const key = readKey(text, at, path, keys)
    at = skipBlank(text, skipValue(text, key.end + 1, key.path, keys))
    if (text[at] !== ',') break
    at = skipBlank(text, at + 1)
  }
  return at + 1
}

/** Steps over spaces, line ends and comments. */
function skipBlank(text: string, from: number): number {
  const blank = /(?:\s|#[^\n]*)*/y
  blank.lastIndex = from
  return from + (blank.exec(text)?.[0].length ?? 0)
}

function skipSpace(text: string, from: number): number {
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
