import type { AssetRow } from '@contract/assets'
import type { AssetId } from '@contract/ids'
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual'
import {
  type KeyboardEvent,
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  type ReactNode,
} from 'react'
import { useStore } from 'zustand'
import { type DayGroup, formatMonth } from '../../lib/format'
import { formatLocale, useWords } from '../../lib/words'
import { AssetCell, type CellActions } from './asset-cell'
import { type GridLine, gridLines, isGridKey, lineOf, moveInGrid } from './grid-lines'
import type { LibraryStore } from './library-store'
import { useSize } from './use-size'
import { libraryWords } from './words'

export interface AssetGridProps {
  readonly store: LibraryStore
  readonly nowMs: number
  readonly onDrag: (id: AssetId) => void
  /** The selected ones, or the one with the focus. */
  readonly onDelete: (assets: readonly AssetRow[]) => void
  readonly children?: ReactNode
}

const edge = 10
const gap = 2
const leastCell = 150
const padding = 16
const headingHeight = 34
const captionHeight = 56

/** Where the reader was, for the way back to the library. */
let lastTop = 0

/** Every asset, in view or not, at the cost of those in view. */
export function AssetGrid({ store, nowMs, onDrag, onDelete, children }: AssetGridProps) {
  const t = useWords(libraryWords)
  const rows = useStore(store, (state) => state.rows)
  const total = useStore(store, (state) => state.total)
  const filter = useStore(store, (state) => state.filter)
  const opened = useStore(store, (state) => state.opened)
  const selected = useStore(store, (state) => state.selected)
  const cursor = useStore(store, (state) => state.cursor)
  const isLoading = useStore(store, (state) => state.phase === 'loading')
  const scroller = useRef<HTMLDivElement>(null)
  const { width, height } = useSize(scroller)
  const inside = Math.max(0, width - 2 * edge)
  const columns = Math.max(2, Math.floor((inside + gap) / (leastCell + gap)))
  const cellWidth = (inside - gap * (columns - 1)) / columns
  const lineHeight = Math.round(cellWidth * 0.75) + captionHeight
  const lines = useMemo(() => gridLines(rows, columns, nowMs), [rows, columns, nowMs])
  const at = useMemo(
    () =>
      Math.max(
        0,
        rows.findIndex(({ asset_id }) => asset_id === cursor),
      ),
    [rows, cursor],
  )
  const stop = rows.length === 0 ? -1 : lineOf(lines, at)
  const wantsFocus = useRef(false)

  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: (place) => (lines[place]?.kind === 'heading' ? headingHeight : lineHeight),
    getItemKey: useCallback((place: number) => lines[place]?.key ?? place, [lines]),
    overscan: 3,
    gap,
    paddingEnd: padding,
    initialOffset: lastTop,
    // A frame draws once, whatever it has scrolled.
    useFlushSync: false,
    initialRect: { width: 800, height: 700 },
    // The tab stop stays in the page wherever the grid is scrolled to.
    rangeExtractor: (range) =>
      stop < 0
        ? defaultRangeExtractor(range)
        : [...new Set([...defaultRangeExtractor(range), stop])].sort((a, b) => a - b),
  })
  const items = virtual.getVirtualItems()
  useLayoutEffect(() => virtual.measure(), [virtual, lineHeight])
  useEffect(() => () => void (lastTop = scrollOf(scroller)), [])
  const isFirst = useRef(true)
  useEffect(() => {
    if (!isFirst.current) virtual.scrollToOffset(0)
    isFirst.current = false
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- another filter is the wish itself
  }, [filter, virtual])
  const lastInView = virtual.range?.endIndex ?? 0
  useEffect(() => {
    if (lastInView >= lines.length - 12) void store.loadMore()
  }, [lastInView, lines.length, store])
  useEffect(() => {
    // What had the focus is gone, an asset or its page: it goes where it was opened, or to what took its place.
    if (document.activeElement === document.body) wantsFocus.current = true
  }, [cursor, opened])
  useEffect(() => {
    if (!wantsFocus.current || cursor === null) return
    const cell = scroller.current?.querySelector<HTMLElement>(`[data-asset="${CSS.escape(cursor)}"]`)
    if (!cell) return
    wantsFocus.current = false
    cell.focus({ preventScroll: true })
  }, [cursor, opened, items])

  /** As far as needed. The sizes are known: asking the page for them would lay it out again and again. */
  const reveal = (place: number): void => {
    const line = virtual.measurementsCache[place]
    const element = scroller.current
    if (!line || !element) return
    const top = virtual.scrollOffset ?? 0
    if (line.start < top) element.scrollTop = line.start
    else if (line.end > top + height)
      element.scrollTop = line.end - height + (place === lines.length - 1 ? padding : 0)
  }
  const pointTo = (next: number): void => {
    const row = store.getState().rows[next]
    if (!row) return
    wantsFocus.current = true
    const place = lineOf(lines, next)
    const hasHeading = next < at && lines[place - 1]?.kind === 'heading'
    reveal(hasHeading ? place - 1 : place)
    store.point(row.asset_id)
    if (store.getState().opened !== null) store.open(row.asset_id)
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const row = rows[at]
    if (!row || event.altKey || event.ctrlKey || event.metaKey) return
    const { key } = event
    if (isGridKey(key)) {
      const next = moveInGrid(lines, at, key, Math.floor(height / lineHeight))
      if (event.shiftKey) {
        if (store.getState().selected.size === 0) store.select(row.asset_id, false)
        const to = rows[next]
        if (to) store.select(to.asset_id, true)
      }
      pointTo(next)
    } else if (key === ' ') store.select(row.asset_id, event.shiftKey)
    else if (key === 'Delete' || key === 'Backspace') {
      const chosen = rows.filter(({ asset_id }) => selected.has(asset_id))
      onDelete(chosen.length > 0 ? chosen : [row])
    } else return
    event.preventDefault()
  }

  const actions = useMemo<CellActions>(
    () => ({
      onOpen: (id) => store.open(id),
      onSelect: (id, stretch) => store.select(id, stretch),
      onFocus: (id) => store.point(id),
      onDrag,
    }),
    [store, onDrag],
  )
  const cell = (row: AssetRow, place: number, column: number, top: number): ReactNode => (
    <AssetCell
      key={row.asset_id}
      asset={row}
      place={place}
      total={total}
      top={top}
      left={edge + column * (cellWidth + gap)}
      width={cellWidth}
      height={lineHeight}
      isOpen={row.asset_id === opened}
      isSelected={selected.has(row.asset_id)}
      isSelecting={selected.size > 0}
      isTabStop={place === at}
      actions={actions}
    />
  )
  return (
    <div ref={scroller} className="min-h-0 grow overflow-x-hidden overflow-y-scroll">
      {width === 0 ? null : (
        <div className="relative" style={{ height: virtual.getTotalSize() }}>
          {items.map(({ index, start, key }) => {
            const line = lines[index]
            return line?.kind === 'heading' ? (
              <Heading key={key} line={line} top={start} nowMs={nowMs} />
            ) : null
          })}
          {/* Headings are for the eye: what a list holds are its items, and each says its day itself. */}
          <div
            role="list"
            aria-label={t('assets')}
            aria-busy={isLoading}
            onKeyDown={onKeyDown}
            className="absolute inset-0"
          >
            {items.flatMap(({ index, start }) => {
              const line = lines[index]
              if (line?.kind !== 'assets') return []
              return rows
                .slice(line.from, line.from + line.count)
                .map((row, column) => cell(row, line.from + column, column, start))
            })}
          </div>
        </div>
      )}
      {children}
    </div>
  )
}

const scrollOf = (element: { readonly current: HTMLElement | null }): number =>
  element.current?.scrollTop ?? 0

function Heading(props: {
  readonly line: GridLine & { readonly kind: 'heading' }
  readonly top: number
  readonly nowMs: number
}) {
  const t = useWords(libraryWords)
  return (
    <div
      aria-hidden="true"
      className="absolute inset-x-0 flex items-end px-4 pb-1 text-2xs font-medium text-faint"
      style={{ top: props.top, height: headingHeight }}
    >
      {dayWords(props.line.group, props.nowMs, t)}
    </div>
  )
}

function dayWords(
  group: DayGroup,
  nowMs: number,
  t: (key: 'today' | 'yesterday' | 'previous_week') => string,
): string {
  return group.kind === 'month' ? formatMonth(group.year, group.month, nowMs, formatLocale()) : t(group.kind)
}
