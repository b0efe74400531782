import { useEffect, type RefObject } from 'react'
import { useStore } from 'zustand'
import type { VirtualLogHandle } from '../../ui/virtual-log'
import type { ChatStore } from './chat-store'
import { rangesIn } from './find-matches'
import { onEveryDrawing } from './on-every-drawing'

/** Brings the message that a search has found into view, with the words in question marked. */
export function usePointed(
  store: ChatStore,
  log: RefObject<VirtualLogHandle | null>,
  within: RefObject<HTMLElement | null>,
): void {
  const pointed = useStore(store, (state) => state.pointed)
  useEffect(() => {
    const root = within.current
    const place = (): number => (pointed ? store.getState().order.indexOf(pointed.id) : -1)
    if (!root || !pointed || place() === -1) return
    log.current?.show(place())
    let isShown = false
    const mark = (): void => {
      const texts = root.querySelectorAll(`[data-index="${place()}"] [data-text]`)
      const ranges = [...texts].flatMap((text) => pointed.words.flatMap((word) => rangesIn(text, word)))
      CSS.highlights.set('found', new Highlight(...ranges))
      const [first] = ranges
      if (!first || isShown) return
      isShown = true
      // A long message in the middle of the view may have the words outside of it.
      first.startContainer.parentElement?.scrollIntoView({ block: 'center' })
    }
    const stop = onEveryDrawing(root, mark)
    return () => {
      stop()
      CSS.highlights.delete('found')
    }
  }, [store, log, within, pointed])
}
