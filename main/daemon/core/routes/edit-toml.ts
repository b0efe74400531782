import type { Entry, Header, KeyPart, KeyPath, Section, Span } from './read-toml'
import { namesOf, readToml, skipBlank, skipSpace } from './read-toml'
import { lineEndOf, lineOf, linesAbove, removeLines, splice, writeKey, writeValue } from './splice'

export type TomlScalar = string | boolean | number

/**
 * Gives a key a value, and null takes it away. What can't be done as a change of text leaves the text alone; comments,
 * order and spacing of everything else always stay. The text must be valid TOML. An empty `table` is the top.
 */
export function setKey(text: string, table: KeyPath, key: string, value: TomlScalar | null): string {
  const sections = readToml(text)
  const known = entriesOf(sections).find(({ entry }) => isSame(pathOf(entry), [...table, key]))
  if (value === null) return known ? removeKey(text, sections, table, known.entry) : text
  if (!known) return addKey(text, sections, table, `${writeKey(key)} = ${writeValue(value)}`)
  const { from, upto } = known.entry.value
  return splice(text, [{ from, upto, put: writeValue(value, text.slice(from, upto)) }])
}

/** Adds a table at the end, or within the inline table that holds its kind. */
export function addTable(
  text: string,
  path: KeyPath,
  fields: readonly (readonly [key: string, value: TomlScalar])[],
): string {
  const pairs = fields.map(([key, value]) => `${writeKey(key)} = ${writeValue(value)}`)
  const parent = path.slice(0, -1)
  const inline = entriesOf(readToml(text)).find(({ entry }) => isSame(pathOf(entry), parent))?.entry
  if (inline) return addInline(text, inline, `${writeKey(path.at(-1) ?? '')} = { ${pairs.join(', ')} }`)
  const end = lineEndOf(text)
  const before = text === '' || text.endsWith('\n') ? text : text + end
  const blanks = before.slice(before.trimEnd().length).split('\n').length - 1
  const gap = before === '' || blanks > 1 ? '' : end
  return [`${before}${gap}[${path.map(writeKey).join('.')}]`, ...pairs, ''].join(end)
}

/** Gives the last part of a path another name wherever the text spells it. */
export function renameTable(text: string, path: KeyPath, name: string): string {
  const sections = readToml(text)
  const spelled = (base: KeyPath, parts: readonly KeyPart[]): KeyPart[] => {
    const part = parts[path.length - base.length - 1]
    return part && isWithin([...base, ...namesOf(parts)], path) ? [part] : []
  }
  const parts = [
    ...sections.flatMap(({ header }) => spelled([], header?.parts ?? [])),
    ...entriesOf(sections).flatMap(({ entry }) => spelled(entry.base, entry.parts)),
  ]
  return splice(
    text,
    parts.map(({ from, upto }) => ({ from, upto, put: writeKey(name) })),
  )
}

/** Takes a key or a table away, wherever the text defines a piece of it. Comments stay. */
export function removePath(text: string, path: KeyPath): string {
  const sections = readToml(text)
  const lines: Span[] = sections.flatMap(({ header, entries }) => [
    ...(header && isWithin(namesOf(header.parts), path) ? [header] : []),
    ...entries.filter((entry) => isWithin(pathOf(entry), path)).map((entry) => entry.whole),
  ])
  const isTable = !sections.some(({ entries }) => entries.some((entry) => isSame(pathOf(entry), path)))
  let rest = removeLines(text, lines, isTable)
  for (;;) {
    const found = entriesOf(readToml(rest)).find(({ entry }) => isWithin(pathOf(entry), path))
    if (!found?.inside) return rest
    rest = removeInline(rest, found.entry, found.inside)
  }
}

/** A table that only this key defined stays, empty. */
function removeKey(text: string, sections: readonly Section[], table: KeyPath, entry: Entry): string {
  const name = entry.parts[table.length - entry.base.length - 1]
  const isOnly =
    !sections.some(isOf(table)) &&
    entriesOf(sections).every((each) => each.entry === entry || !isWithin(pathOf(each.entry), table))
  if (!name || !isOnly) return removePath(text, pathOf(entry))
  return splice(text, [{ from: name.upto, upto: entry.whole.upto, put: ' = {}' }])
}

/** With one of its commas, the next before the previous. */
function removeInline(text: string, entry: Entry, inside: Entry): string {
  const all = inside.inner ?? []
  const next = skipBlank(text, entry.whole.upto)
  const hasNext = text[next] === ','
  const previous = all[all.indexOf(entry) - 1]
  const comma = hasNext ? next : previous && skipBlank(text, previous.whole.upto)
  const withSpace = ({ from, upto }: Span) => ({ from, upto: skipSpace(text, upto), put: '' })
  // The blank before the closing brace belongs to the entry that is the last now.
  const isLast = !hasNext && previous !== undefined
  return splice(text, [
    isLast ? { ...entry.whole, put: '' } : withSpace(entry.whole),
    ...(comma === undefined ? [] : [withSpace({ from: comma, upto: comma + 1 })]),
  ])
}

/** Where a table is written first decides how a new key joins it. */
function addKey(text: string, sections: readonly Section[], table: KeyPath, pair: string): string {
  if (table.length === 0) return addAtTop(text, sections, pair)
  const own = sections.find(({ header }) => header && isSame(namesOf(header.parts), table))
  if (own) return addLine(text, own.entries.at(-1)?.whole ?? own.header, pair)
  const all = entriesOf(sections)
  const inline = all.find(({ entry }) => isSame(pathOf(entry), table))?.entry
  if (inline) return inline.inner ? addInline(text, inline, pair) : text
  const dotted = all.findLast(
    ({ entry }) => isWithin(pathOf(entry), table) && entry.base.length < table.length,
  )
  if (!dotted) return sections.some(isOf(table)) ? addSection(text, table, pair) : text
  const { entry, inside } = dotted
  const prefix = text.slice(entry.whole.from, entry.parts[table.length - entry.base.length - 1]?.upto)
  return inside
    ? addInline(text, inside, `${prefix}.${pair}`)
    : addLine(text, entry.whole, `${prefix}.${pair}`)
}

const isOf =
  (table: KeyPath) =>
  ({ header }: Section): boolean =>
    header !== undefined && isWithin(namesOf(header.parts), table)

const addSection = (text: string, table: KeyPath, pair: string): string =>
  addLine(addTable(text, table, []), undefined, pair)

/** Below the other keys of the top; without any, above the first header and the comment that belongs to it. */
function addAtTop(text: string, sections: readonly Section[], pair: string): string {
  const last = sections[0]?.entries.at(-1)
  const first: Header | undefined = sections[1]?.header
  if (last || !first) return addLine(text, last?.whole, pair)
  const at = linesAbove(text, lineOf(text, first).from, (line) => line.trim().startsWith('#'))
  const end = lineEndOf(text)
  return splice(text, [{ from: at, upto: at, put: `${pair}${end}${end}` }])
}

/** On a line of its own under `above`, indented like it, or at the end of the text. */
function addLine(text: string, above: Span | undefined, pair: string): string {
  const end = lineEndOf(text)
  const line = above ? lineOf(text, above) : { from: text.length, upto: text.length }
  const [indent = ''] = above ? (/^[ \t]*/.exec(text.slice(line.from, above.from)) ?? []) : []
  const before = line.upto === 0 || text[line.upto - 1] === '\n' ? '' : end
  return splice(text, [{ from: line.upto, upto: line.upto, put: `${before}${indent}${pair}${end}` }])
}

function addInline(text: string, table: Entry, pair: string): string {
  const last = table.inner?.at(-1)
  const at = last ? last.whole.upto : table.value.from + 1
  return splice(text, [{ from: at, upto: at, put: last ? `, ${pair}` : ` ${pair}` }])
}

interface Found {
  readonly entry: Entry
  /** The inline table it stands in. */
  readonly inside?: Entry
}

const entriesOf = (sections: readonly Section[]): Found[] =>
  sections.flatMap(({ entries }) => entries.flatMap((entry) => withInner(entry)))

const withInner = (entry: Entry, inside?: Entry): Found[] => [
  { entry, ...(inside ? { inside } : {}) },
  ...(entry.inner ?? []).flatMap((each) => withInner(each, entry)),
]

const pathOf = ({ base, parts }: Entry): KeyPath => [...base, ...namesOf(parts)]
const isWithin = (path: KeyPath, table: KeyPath): boolean => table.every((name, at) => path[at] === name)
const isSame = (a: KeyPath, b: KeyPath): boolean => a.length === b.length && isWithin(a, b)
