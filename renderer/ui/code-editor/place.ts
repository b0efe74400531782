/** 1-based; columns count UTF-16 units, as the daemon's do. */
export interface TextPlace {
  readonly line: number
  readonly column?: number
}

/** Something to say about a place in a text. */
export interface TextMark extends TextPlace {
  readonly tone: 'error' | 'warning'
  readonly words: string
}

export interface TextLines {
  readonly lines: number
  line(number: number): { readonly from: number; readonly to: number; readonly text: string }
}

/** Half-open offsets of the word that stands there, else of the rest of the line. A place behind the text is its end. */
export function rangeOf(doc: TextLines, place: TextPlace): { readonly from: number; readonly to: number } {
  const line = doc.line(Math.min(Math.max(1, place.line), doc.lines))
  const start = firstOf(line.text)
  const at = place.column === undefined ? start : Math.min(place.column - 1, line.text.length)
  const word = /^(?:"[^"]*"|'[^']*'|[^\s=\].,"'[{}]+)/.exec(line.text.slice(at))?.[0].length
  const end = place.column === undefined || word === undefined ? line.text.trimEnd().length : at + word
  // What stands behind the last character is shown on the last character.
  const from = at >= end ? Math.max(0, Math.min(at, end) - 1) : at
  return { from: line.from + from, to: line.from + Math.max(end, from) }
}

const firstOf = (text: string): number => text.length - text.trimStart().length

/** The one stretch in which two texts differ, so that a caret and a history outside of it stay. */
export function differenceOf(
  before: string,
  after: string,
): { readonly from: number; readonly to: number; readonly insert: string } {
  const most = Math.min(before.length, after.length)
  let from = 0
  while (from < most && before[from] === after[from]) from += 1
  let same = 0
  while (same < most - from && before[before.length - 1 - same] === after[after.length - 1 - same]) same += 1
  return { from, to: before.length - same, insert: after.slice(from, after.length - same) }
}
