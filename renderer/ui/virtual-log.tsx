import { useVirtualizer } from '@tanstack/react-virtual'
import { ArrowDown } from 'lucide-react'
import {
  useCallback,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  useState,
  type KeyboardEvent,
  type ReactNode,
  type Ref,
} from 'react'
import { Button } from './button'
import { classNames } from './class-names'

export interface VirtualLogHandle {
  scrollToEnd(): void
  /** Brings a row into the middle of the view. */
  show(index: number): void
  /** The row at the top of the view, to come back to; null at the end. */
  place(): string | null
}

export interface VirtualLogProps {
  readonly handle: Ref<VirtualLogHandle>
  /** The accessible name. */
  readonly name: string
  /** One for each row; a new array only when rows come or go. */
  readonly keys: readonly string[]
  readonly renderRow: (key: string, index: number) => ReactNode
  /** Start at this row; absent: at the end. */
  readonly startAt?: string | null
  /** The reader comes near the first row. */
  readonly onNearStart: () => void
  readonly jumpName: string
  readonly className?: string
  /** Over the first row. */
  readonly header?: ReactNode
}

/** How near the end the view is held there, and how far from it a way back is offered, in pixels. */
const pinned = 24
const nearEnd = 64
const nearStart = 600
const roughRow = 140
/** Around the rows, in pixels. */
const above = 24
const below = 28
/** What is drawn before anything was laid out; the true size is measured in the same turn. */
const roughView = { width: 720, height: 700 }

/**
 * A long log whose newest rows are at the end. It follows what is written while the reader is there; otherwise the
 * row in view stays where it is, whatever grows below or is loaded above.
 */
export function VirtualLog(props: VirtualLogProps) {
  const { keys, onNearStart, handle, startAt } = props
  const scroller = useRef<HTMLDivElement>(null)
  const tail = useRef<HTMLDivElement>(null)
  const lastTop = useRef(0)
  const [isNear, setNear] = useState(true)
  /** The reader has turned away from the end: nothing may pull the view back. */
  const [isReleased, setReleased] = useState(Boolean(startAt))
  const startRow = startAt ? keys.indexOf(startAt) : -1
  const rows = useVirtualizer({
    count: keys.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => roughRow,
    getItemKey: useCallback((index: number) => keys[index] ?? index, [keys]),
    anchorTo: 'end',
    followOnAppend: !isReleased,
    scrollEndThreshold: isReleased ? -1 : pinned,
    overscan: 4,
    paddingStart: above,
    paddingEnd: below,
    // The rows are drawn with the frame, not after it: one layout less before there is anything to read.
    initialRect: roughView,
    initialOffset: () =>
      startRow === -1
        ? Math.max(0, above + roughRow * keys.length + below - roughView.height)
        : above + roughRow * startRow,
  })

  useImperativeHandle(handle, () => ({
    scrollToEnd: () => {
      setReleased(false)
      rows.scrollToEnd()
    },
    show: (index) => {
      setReleased(true)
      rows.scrollToIndex(index, { align: 'center' })
    },
    place: () => {
      if (rows.isAtEnd(nearEnd)) return null
      const first = rows.getVirtualItemForOffset(rows.scrollOffset ?? 0)
      return first ? String(first.key) : null
    },
  }))

  useLayoutEffect(() => {
    if (startRow === -1) rows.scrollToEnd()
    else rows.scrollToIndex(startRow, { align: 'start' })
    // Only when the log appears; later the reader decides.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [])

  // The composer grows and the view shrinks: nothing else would follow then.
  useEffect(() => {
    const element = scroller.current
    if (!element || isReleased) return
    const observer = new ResizeObserver(() => rows.scrollToEnd())
    observer.observe(element)
    return () => observer.disconnect()
  }, [rows, isReleased])

  // Asking for the distance would lay the page out again for every batch.
  useEffect(() => {
    const root = scroller.current
    const end = tail.current
    if (!root || !end) return
    const observer = new IntersectionObserver((entries) => setNear(entries.at(-1)?.isIntersecting ?? true), {
      root,
      rootMargin: `0px 0px ${nearEnd}px 0px`,
    })
    observer.observe(end)
    return () => observer.disconnect()
  }, [])

  function follow(): void {
    const element = scroller.current
    if (!element) return
    const { scrollTop } = element
    if (scrollTop >= lastTop.current && rows.isAtEnd(2)) setReleased(false)
    else if (scrollTop < lastTop.current - 2 && !rows.isAtEnd(pinned)) setReleased(true)
    lastTop.current = scrollTop
    if (scrollTop < nearStart) onNearStart()
  }

  /** A first small step up would otherwise be undone by the next thing written. */
  function releaseOnKey(event: KeyboardEvent): void {
    if (event.key === 'ArrowUp' || event.key === 'PageUp' || event.key === 'Home') setReleased(true)
  }

  function jump(): void {
    setReleased(false)
    rows.scrollToEnd()
    scroller.current?.focus({ preventScroll: true })
  }

  return (
    <div className={classNames('relative min-h-0', props.className)}>
      {/* The keys and the wheel only tell that the reader turns away; what they do stays the browser's. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <div
        ref={scroller}
        role="log"
        aria-label={props.name}
        // What is being written would be read out word by word; the state of each run is a status of its own.
        aria-live="off"
        tabIndex={0}
        onScroll={follow}
        onWheel={(event) => event.deltaY < 0 && lastTop.current > 0 && setReleased(true)}
        onKeyDown={releaseOnKey}
        className="h-full overflow-x-hidden overflow-y-auto [overflow-anchor:none] [scrollbar-gutter:stable_both-edges] focus-visible:-outline-offset-2"
      >
        {props.header}
        <div className="relative w-full" style={{ height: rows.getTotalSize() }}>
          {rows.getVirtualItems().map((row) => (
            <div
              key={row.key}
              ref={rows.measureElement}
              data-index={row.index}
              className="absolute inset-x-0 top-0"
              style={{ transform: `translateY(${row.start}px)` }}
            >
              {props.renderRow(String(row.key), row.index)}
            </div>
          ))}
          <div ref={tail} className="absolute inset-x-0 bottom-0 h-px" />
        </div>
      </div>
      <div
        aria-hidden="true"
        className="pointer-events-none absolute inset-x-4 bottom-0 h-4 bg-linear-to-t from-canvas to-transparent"
      />
      {isNear ? null : (
        <div className="pointer-events-none absolute inset-x-0 bottom-3 flex justify-center">
          <Button
            size="small"
            icon={<ArrowDown size={14} aria-hidden="true" />}
            className="pointer-events-auto rounded-full bg-raised shadow-md"
            onClick={jump}
          >
            {props.jumpName}
          </Button>
        </div>
      )}
    </div>
  )
}
