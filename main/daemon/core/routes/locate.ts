import type { Entry, KeyPart, KeyPath } from './read-toml'
import { namesOf, readToml } from './read-toml'

/** 1-based; columns count UTF-16 units. */
export interface Place {
  readonly line: number
  readonly column: number
}

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
export const nameKeys = (text: string): NamedKey[] =>
  readToml(text).flatMap(({ header, entries }) => [
    ...nameParts([], header?.parts ?? []),
    ...entries.flatMap(nameEntry),
  ])

const nameEntry = ({ base, parts, inner = [] }: Entry): NamedKey[] => [
  ...nameParts(base, parts),
  ...inner.flatMap(nameEntry),
]

const nameParts = (base: KeyPath, parts: readonly KeyPart[]): NamedKey[] =>
  parts.map((part, index) => ({
    path: [...base, ...namesOf(parts.slice(0, index + 1))],
    offset: part.from,
  }))
