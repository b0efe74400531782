import { useEffect, useRef, useState } from 'react'
import { messageBoxMark } from '../../../lib/message-box'
import { mayHoldFiles, readDrop, readPaste, type Taken } from './read-transfer'

export interface FileDoor {
  readonly onTaken: (taken: Taken) => void
  readonly nameFor: (ending: string) => string
}

/**
 * Takes what is dropped anywhere on the window, or pasted where nothing else would take it. Answers whether something
 * that may be dropped is over the window.
 */
export function useFileDoor(door: FileDoor): boolean {
  const [isOver, setOver] = useState(false)
  const newest = useRef(door)
  newest.current = door
  useEffect(() => {
    /** A drag that began in this page is no file of anybody's. */
    let isOwn = false
    const controller = new AbortController()
    const { signal } = controller
    const isOurs = ({ dataTransfer }: DragEvent): boolean =>
      !isOwn && dataTransfer !== null && mayHoldFiles(dataTransfer)
    const listen = <K extends 'dragstart' | 'dragend' | 'dragover' | 'dragleave' | 'drop'>(
      type: K,
      hear: (event: DragEvent) => void,
    ): void => window.addEventListener(type, hear, { signal })

    listen('dragstart', (event) => (isOwn = !event.defaultPrevented))
    listen('dragend', () => (isOwn = false))
    listen('dragover', (event) => {
      if (event.defaultPrevented || !isOurs(event)) return
      event.preventDefault()
      if (event.dataTransfer) event.dataTransfer.dropEffect = 'copy'
      setOver(true)
    })
    listen('dragleave', (event) => {
      if (event.relatedTarget === null) setOver(false)
    })
    // While something is dragged pointer and keys are the system's: if they are back, it has ended without a word.
    for (const type of ['pointermove', 'keydown'] as const)
      window.addEventListener(type, () => setOver(false), { signal, capture: true, passive: true })
    listen('drop', (event) => {
      setOver(false)
      const isForUs = !event.defaultPrevented && isOurs(event)
      isOwn = false
      if (!isForUs || !event.dataTransfer) return
      const taken = readDrop(event.dataTransfer)
      // A link over a text box is text; anywhere else it would lead the window away.
      if (taken || !isField(event.target)) event.preventDefault()
      // Two hundred files cost the browser a frame before they are here; what they cost the window comes after it.
      if (taken) setTimeout(() => newest.current.onTaken(taken))
    })
    // Before the box sees it: what is taken here is no text of its.
    const paste = (event: ClipboardEvent): void => {
      const isElsewhere = isField(event.target) && !isMessageBox(event.target)
      if (isElsewhere || !event.clipboardData) return
      const taken = readPaste(event.clipboardData, newest.current.nameFor)
      if (!taken) return
      event.preventDefault()
      event.stopPropagation()
      newest.current.onTaken(taken)
    }
    document.addEventListener('paste', paste, { signal, capture: true })
    return () => controller.abort()
  }, [])
  return isOver
}

const isField = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('input, textarea, [contenteditable="true"]') !== null

const isMessageBox = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest(`[${messageBoxMark}]`) !== null
