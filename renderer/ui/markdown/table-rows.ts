/** A table that can be read in parts: its head, and its rows in groups of lines. Rows know nothing of each other. */
export interface TableParts {
  /** The line of names and the one below it. */
  readonly head: string
  /** At least two; joined by line breaks they are all rows. */
  readonly groups: readonly string[]
}

/** A group is parsed again while its last row is being written: small enough for one frame. */
const rowsInGroup = 8

/** Null for what is no table, too short to be worth it, or written in a way that rows may reach over each other. */
export function partTable(block: string): TableParts | null {
  if (!/^\|[^\n]*\n\|[ \t:|-]*-[ \t:|-]*\n/.test(block) || holdsTags.test(block)) return null
  const lines = block.trimEnd().split('\n')
  const [names = '', rule = '', ...rows] = lines
  if (rows.length <= rowsInGroup || cellsIn(names) !== cellsIn(rule)) return null
  // A line without its bar is a row for the one parser and something else for another.
  if (!rows.every((row) => row.startsWith('|'))) return null
  const groups = Array.from({ length: Math.ceil(rows.length / rowsInGroup) }, (_, at) =>
    rows.slice(at * rowsInGroup, (at + 1) * rowsInGroup).join('\n'),
  )
  return { head: `${names}\n${rule}\n`, groups }
}

/** Markup other than a line break may open something that a later row closes. */
const holdsTags = /<(?!br\s*\/?>)[a-z/!?]/i

/** Bars that part cells: those that are not escaped, without the ones at both ends. */
const cellsIn = (line: string): number =>
  line
    .trim()
    .replace(/^\|/, '')
    .replace(/(?<!\\)\|$/, '')
    .split(/(?<!\\)\|/).length
