import { dayGroup, dayGroupSpan, type DayGroup } from '../../lib/format'

/** A line of the grid: assets `from` … `from + count - 1`, or what stands above the next ones. */
export type GridLine =
  | { readonly kind: 'heading'; readonly key: string; readonly group: DayGroup }
  | { readonly kind: 'assets'; readonly key: string; readonly from: number; readonly count: number }

/** Newest first in lines of so many columns; each day or month begins a line of its own. */
export function gridLines(
  rows: readonly { readonly created_at_ms: number }[],
  columns: number,
  nowMs: number,
): readonly GridLine[] {
  const lines: GridLine[] = []
  let key = ''
  let span = { from: Number.POSITIVE_INFINITY, to: Number.NEGATIVE_INFINITY }
  let open: { kind: 'assets'; key: string; from: number; count: number } | null = null
  rows.forEach(({ created_at_ms: ms }, at) => {
    if (ms < span.from || ms >= span.to) {
      const group = dayGroup(ms, nowMs)
      span = dayGroupSpan(group, nowMs)
      key = group.kind === 'month' ? `${group.year}-${group.month}` : group.kind
      lines.push({ kind: 'heading', key: `# ${key}`, group })
      open = null
    }
    if (open && open.count < columns) open.count++
    else {
      open = { kind: 'assets', key: `${key} ${at}`, from: at, count: 1 }
      lines.push(open)
    }
  })
  return lines
}

/** The line that holds the asset, by halving. */
export function lineOf(lines: readonly GridLine[], at: number): number {
  let low = 0
  let high = lines.length - 1
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (startOf(lines, middle) <= at) low = middle
    else high = middle - 1
  }
  return low
}

/** A heading begins where the line below it does, so that halving never stops on one. */
function startOf(lines: readonly GridLine[], place: number): number {
  const line = lines[place]
  if (line?.kind === 'assets') return line.from
  const below = lines[place + 1]
  return below?.kind === 'assets' ? below.from : Number.POSITIVE_INFINITY
}

export const gridKeys = [
  'ArrowRight',
  'ArrowLeft',
  'ArrowDown',
  'ArrowUp',
  'PageDown',
  'PageUp',
  'Home',
  'End',
] as const
export type GridKey = (typeof gridKeys)[number]

export const isGridKey = (key: string): key is GridKey => (gridKeys as readonly string[]).includes(key)

/** Where a key leads from asset `at`; `page`: lines that are in view at once. */
export function moveInGrid(lines: readonly GridLine[], at: number, key: GridKey, page: number): number {
  const last = lines.at(-1)
  const end = last?.kind === 'assets' ? last.from + last.count - 1 : 0
  if (key === 'Home') return 0
  if (key === 'End') return end
  if (key === 'ArrowRight') return Math.min(at + 1, end)
  if (key === 'ArrowLeft') return Math.max(at - 1, 0)
  const here = lineOf(lines, at)
  const column = at - startOf(lines, here)
  const down = key === 'ArrowDown' || key === 'PageDown'
  let left = key === 'PageDown' || key === 'PageUp' ? Math.max(1, page) : 1
  let found = here
  for (let place = here + (down ? 1 : -1); left > 0 && lines[place]; place += down ? 1 : -1) {
    if (lines[place]?.kind !== 'assets') continue
    found = place
    left--
  }
  const line = lines[found]
  return line?.kind === 'assets' ? line.from + Math.min(column, line.count - 1) : at
}
