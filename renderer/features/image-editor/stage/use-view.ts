import { type RefObject, useCallback, useEffect, useRef, useState } from 'react'
import {
  fit,
  isFitted,
  type Lie,
  pan,
  type Point,
  type Size,
  wheelFactor,
  zoomStep,
  zoomTo,
} from '../../../lib/zoom'

export interface View {
  /** Pixels of the screen. */
  readonly box: Size
  readonly lie: Lie
  /** The whole of it is shown. */
  readonly isFitted: boolean
  /** The picture is being moved, or is about to be: the space bar is down. */
  readonly isPanning: boolean
  readonly step: (direction: 1 | -1) => void
  readonly fit: () => void
  readonly realSize: () => void
  readonly move: (by: Point) => void
  /** The picture comes into the box at this spot of it, if it isn't there. */
  readonly reveal: (spot: Point) => void
  /** Where a place of the page is on the picture, in its own pixels. */
  readonly spotOf: (event: { readonly clientX: number; readonly clientY: number }) => Point
}

/** Left free around the picture: its edges are reached, and marked, more easily. */
const margin = 20
const middle: Point = { x: 0, y: 0 }

/**
 * How a picture lies in a box: the wheel moves it, with Ctrl or a pinch it zooms; space and drag or the middle button
 * move it, and so does the left one with `isHand` while it is larger than the box.
 */
export function useView(box: RefObject<HTMLElement | null>, picture: Size, isHand = false): View {
  const [boxSize, setBoxSize] = useState<Size>({ width: 0, height: 0 })
  const room = {
    width: Math.max(0, boxSize.width - 2 * margin),
    height: Math.max(0, boxSize.height - 2 * margin),
  }
  const [chosen, setChosen] = useState<Lie | null>(null)
  const [isPanning, setPanning] = useState(false)
  const lie = chosen ?? fit(picture, room)
  const canHand = isHand && chosen !== null
  const newest = useRef({ lie, picture, room, canHand })
  newest.current = { lie, picture, room, canHand }

  const apply = useCallback(
    (next: (lie: Lie, picture: Size, room: Size) => Lie): void => {
      const now = newest.current
      const result = next(now.lie, now.picture, now.room)
      newest.current = { ...now, lie: result }
      setChosen(isFitted(result, now.picture, now.room) ? null : result)
    },
    [setChosen],
  )

  useEffect(() => {
    const element = box.current
    if (!element) return
    const controller = new AbortController()
    const { signal } = controller
    const look = (): void => setBoxSize({ width: element.clientWidth, height: element.clientHeight })
    const onWheel = (event: WheelEvent): void => {
      event.preventDefault()
      if (!event.ctrlKey && !event.metaKey) {
        const [x, y] = event.shiftKey ? [event.deltaY, event.deltaX] : [event.deltaX, event.deltaY]
        return apply((now, ...sizes) => pan(now, { x: -x, y: -y }, ...sizes))
      }
      const { left, top, width, height } = element.getBoundingClientRect()
      const at = { x: event.clientX - left - width / 2, y: event.clientY - top - height / 2 }
      // A wheel of notches turns further in one step than fingers move apart.
      const factor = wheelFactor(event.deltaY, Math.abs(event.deltaY) < 40)
      apply((now, ...sizes) => zoomTo(now, now.scale * factor, at, ...sizes))
    }
    let isSpace = false
    let last: Point | null = null
    const setSpace = (isDown: boolean): void => {
      isSpace = isDown
      setPanning(isDown || last !== null)
    }
    const onDown = (event: PointerEvent): void => {
      const isMove = event.button === 1 || (event.button === 0 && (isSpace || newest.current.canHand))
      if (!isMove || (event.target instanceof Element && event.target.closest('button, [role="slider"]')))
        return
      event.preventDefault()
      event.stopImmediatePropagation()
      element.setPointerCapture(event.pointerId)
      last = { x: event.clientX, y: event.clientY }
      setPanning(true)
    }
    const onMove = (event: PointerEvent): void => {
      if (!last) return
      const by = { x: event.clientX - last.x, y: event.clientY - last.y }
      last = { x: event.clientX, y: event.clientY }
      apply((now, ...sizes) => pan(now, by, ...sizes))
    }
    const onUp = (): void => {
      last = null
      setPanning(isSpace)
    }
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== ' ' || isOfControl(event.target)) return
      event.preventDefault()
      setSpace(event.type === 'keydown')
    }
    look()
    const observer = new ResizeObserver(look)
    observer.observe(element)
    element.addEventListener('wheel', onWheel, { passive: false, signal })
    element.addEventListener('pointerdown', onDown, { capture: true, signal })
    element.addEventListener('pointermove', onMove, { signal })
    element.addEventListener('lostpointercapture', onUp, { signal })
    window.addEventListener('keydown', onKey, { signal })
    window.addEventListener('keyup', onKey, { signal })
    window.addEventListener('blur', () => setSpace(false), { signal })
    return () => {
      observer.disconnect()
      controller.abort()
    }
  }, [box, apply])

  return {
    box: boxSize,
    lie,
    isFitted: chosen === null,
    isPanning,
    step: (direction: 1 | -1) =>
      apply((now, ...sizes) =>
        zoomTo(now, now.scale * (direction === 1 ? zoomStep : 1 / zoomStep), middle, ...sizes),
      ),
    fit: () => setChosen(null),
    realSize: () => apply((now, ...sizes) => zoomTo(now, 1, middle, ...sizes)),
    move: (by: Point) => apply((now, ...sizes) => pan(now, by, ...sizes)),
    reveal: (spot: Point) =>
      apply((now, size, room) => {
        const x = now.x + (spot.x - size.width / 2) * now.scale
        const y = now.y + (spot.y - size.height / 2) * now.scale
        const over = (place: number, length: number): number =>
          place - Math.max(-length / 2, Math.min(length / 2, place))
        return pan(now, { x: -over(x, room.width), y: -over(y, room.height) }, size, room)
      }),
    spotOf: (event: { readonly clientX: number; readonly clientY: number }) => {
      const { lie: now, picture: size } = newest.current
      const { left, top, width, height } = box.current?.getBoundingClientRect() ?? new DOMRect()
      return {
        x: (event.clientX - left - width / 2 - now.x) / now.scale + size.width / 2,
        y: (event.clientY - top - height / 2 - now.y) / now.scale + size.height / 2,
      }
    },
  }
}

/** What the space bar presses or writes into. */
const isOfControl = (target: EventTarget | null): boolean =>
  target instanceof Element &&
  target.closest('button, input, textarea, select, a, [role="radio"], [role="option"], [role="slider"]') !==
    null
