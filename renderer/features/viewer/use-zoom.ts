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
  zoomToggle,
} from '../../lib/zoom'

export interface Zoom {
  readonly lie: Lie
  readonly isFitted: boolean
  readonly isDragging: boolean
  readonly step: (direction: 1 | -1) => void
  readonly reset: () => void
  readonly move: (by: Point) => void
}

/** Zoom and pan of a picture in a box by wheel, pinch, double click and drag; keys and buttons use the rest. */
export function useZoom(box: RefObject<HTMLElement | null>, picture: Size): Zoom {
  const [room, setRoom] = useState<Size>({ width: 0, height: 0 })
  const [chosen, setChosen] = useState<Lie | null>(null)
  const [isDragging, setDragging] = useState(false)
  const fitted = fit(picture, room)
  const lie = chosen ?? fitted
  const newest = useRef({ lie, picture, room })
  newest.current = { lie, picture, room }

  const apply = useCallback((next: (lie: Lie, picture: Size, room: Size) => Lie): void => {
    const now = newest.current
    const result = next(now.lie, now.picture, now.room)
    newest.current = { ...now, lie: result }
    // Fitted is not a size of its own: it follows the window.
    setChosen(isFitted(result, now.picture, now.room) ? null : result)
  }, [])

  useEffect(() => {
    const element = box.current
    if (!element) return
    let last: Point = { x: 0, y: 0 }
    const at = (event: MouseEvent): Point => {
      const { left, top, width, height } = element.getBoundingClientRect()
      return { x: event.clientX - left - width / 2, y: event.clientY - top - height / 2 }
    }
    const onWheel = (event: WheelEvent): void => {
      event.preventDefault()
      const factor = wheelFactor(event.deltaY, event.ctrlKey)
      const point = at(event)
      apply((now, ...sizes) => zoomTo(now, now.scale * factor, point, ...sizes))
    }
    const onDoubleClick = (event: MouseEvent): void => {
      const point = at(event)
      apply((now, ...sizes) => zoomToggle(now, point, ...sizes))
    }
    const onDown = (event: PointerEvent): void => {
      if (event.button !== 0 || isFitted(newest.current.lie, newest.current.picture, newest.current.room))
        return
      element.setPointerCapture(event.pointerId)
      last = { x: event.clientX, y: event.clientY }
      setDragging(true)
    }
    const onMove = (event: PointerEvent): void => {
      if (!element.hasPointerCapture(event.pointerId)) return
      // `movementX` counts the screen's pixels, which are others once the window is zoomed.
      const by = { x: event.clientX - last.x, y: event.clientY - last.y }
      last = { x: event.clientX, y: event.clientY }
      apply((now, ...sizes) => pan(now, by, ...sizes))
    }
    const onUp = (): void => setDragging(false)
    const look = (): void => setRoom({ width: element.clientWidth, height: element.clientHeight })
    look()
    const observer = new ResizeObserver(look)
    observer.observe(element)
    // React's own wheel listener is passive and could not keep the page from zooming.
    element.addEventListener('wheel', onWheel, { passive: false })
    element.addEventListener('dblclick', onDoubleClick)
    element.addEventListener('pointerdown', onDown)
    element.addEventListener('pointermove', onMove)
    element.addEventListener('lostpointercapture', onUp)
    return () => {
      observer.disconnect()
      element.removeEventListener('wheel', onWheel)
      element.removeEventListener('dblclick', onDoubleClick)
      element.removeEventListener('pointerdown', onDown)
      element.removeEventListener('pointermove', onMove)
      element.removeEventListener('lostpointercapture', onUp)
    }
  }, [box, apply])

  return {
    lie,
    isFitted: chosen === null,
    isDragging,
    step: (direction) =>
      apply((now, ...sizes) =>
        zoomTo(now, now.scale * (direction === 1 ? zoomStep : 1 / zoomStep), { x: 0, y: 0 }, ...sizes),
      ),
    reset: () => setChosen(null),
    move: (by) => apply((now, ...sizes) => pan(now, by, ...sizes)),
  }
}
