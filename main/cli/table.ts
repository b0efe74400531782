import type { Look } from './look'
import { cut, oneLine, padEnd, padStart, styled, widthOf } from './look'

export interface Column<Row> {
  readonly head: string
  readonly of: (row: Row) => string
  /** Numbers line up on their last digit. */
  readonly isNumber?: boolean
  /** Gives way first where the line is too long. */
  readonly isFlexible?: boolean
}

const gap = '  '
/** A flexible column shows at least this much. */
const leastCells = 12

/** Rows under their heads, aligned by what a terminal shows; `none` where there is no row. */
export function table<Row>(
  look: Look,
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  none: string,
): string {
  if (rows.length === 0) return `${none}\n`
  const cells = rows.map((row) => columns.map((column) => oneLine(column.of(row))))
  const heads = columns.map((column) => column.head)
  const widths = fitting(look, columns, [heads, ...cells])
  const line = (texts: readonly string[]) =>
    texts
      .map((text, at) => {
        const width = widths[at] ?? 0
        const fitted = cut(text, width)
        return columns[at]?.isNumber ? padStart(fitted, width) : padEnd(fitted, width)
      })
      .join(gap)
      .trimEnd()
  return [styled(look, 'dim', line(heads)), ...cells.map(line)].map((text) => `${text}\n`).join('')
}

/** Names before their values. */
export function facts(
  look: Look,
  entries: readonly (readonly [name: string, value: string | undefined])[],
): string {
  const known = entries.filter((entry): entry is [string, string] => entry[1] !== undefined)
  const width = Math.max(0, ...known.map(([name]) => widthOf(name)))
  return known
    .map(([name, value]) => `${styled(look, 'dim', padEnd(name, width))}${gap}${oneLine(value)}\n`)
    .join('')
}

function fitting<Row>(
  look: Look,
  columns: readonly Column<Row>[],
  lines: readonly (readonly string[])[],
): readonly number[] {
  const widths = columns.map((_, at) => Math.max(...lines.map((line) => widthOf(line[at] ?? ''))))
  const total = widths.reduce((sum, width) => sum + width, gap.length * (widths.length - 1))
  const flexible = columns.findIndex((column) => column.isFlexible)
  if (look.columns === undefined || total <= look.columns || flexible === -1) return widths
  const own = widths[flexible] ?? 0
  return widths.with(flexible, Math.min(own, Math.max(leastCells, own - (total - look.columns))))
}
