import { useRef, useState, type PointerEvent } from 'react'

/** Less than this is a press that shook (CSS pixels). */
const startAt = 6

/** Moves list items (`li[data-key]`) by dragging them over each other; the list changes under the pointer. */
export function useReorder(onMove: (key: string, place: number) => void): {
  readonly held: string | null
  hold(key: string, event: PointerEvent<HTMLElement>): void
} {
  const [held, setHeld] = useState<string | null>(null)
  const hold = useRef((key: string, event: PointerEvent<HTMLElement>): void => {
    const list = event.currentTarget.closest('ul')
    const { clientX: fromX, clientY: fromY } = event
    if (event.button !== 0 || !list) return
    let isMoving = false
    /** A wide tile that has just made way is still under the pointer: it must be left before it gives way again. */
    let passed: string | undefined

    const move = (at: globalThis.PointerEvent): void => {
      if (!isMoving && Math.hypot(at.clientX - fromX, at.clientY - fromY) < startAt) return
      if (!isMoving) setHeld(key)
      isMoving = true
      const under = document.elementFromPoint(at.clientX, at.clientY)?.closest<HTMLElement>('li[data-key]')
      const target = under?.parentElement === list ? under.dataset['key'] : undefined
      if (target === undefined || target === passed) return
      passed = target
      if (target !== key && under) onMove(key, [...list.children].indexOf(under))
    }
    const end = (): void => {
      controller.abort()
      setHeld(null)
      // The press was a drag: what it ends on is not to open.
      if (!isMoving) return
      const swallow = (click: MouseEvent): void => {
        click.preventDefault()
        click.stopPropagation()
      }
      window.addEventListener('click', swallow, { capture: true, once: true })
      setTimeout(() => window.removeEventListener('click', swallow, { capture: true }))
    }
    const controller = new AbortController()
    const { signal } = controller
    window.addEventListener('pointermove', move, { signal })
    window.addEventListener('pointerup', end, { signal })
    window.addEventListener('pointercancel', end, { signal })
  })
  return { held, hold: hold.current }
}
