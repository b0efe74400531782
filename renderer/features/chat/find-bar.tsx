import { ChevronDown, ChevronUp, X } from 'lucide-react'
import { useDeferredValue, useEffect, useMemo, useRef, useState, type RefObject } from 'react'
import { useStore } from 'zustand'
import { useWords } from '../../lib/words'
import { IconButton } from '../../ui/icon-button'
import type { ChatStore } from './chat-store'
import { findMatches, rangesIn, type Match } from './find-matches'
import { onEveryDrawing } from './on-every-drawing'
import { chatWords } from './words'

export interface FindBarProps {
  readonly store: ChatStore
  /** Where the messages are drawn. */
  readonly within: RefObject<HTMLElement | null>
  /** Brings the message at this place into view. */
  readonly onShow: (index: number) => void
  readonly onClose: () => void
}

/** Finds text in the open chat, the part that was not loaded yet included. */
export function FindBar({ store, within, onShow, onClose }: FindBarProps) {
  const say = useWords(chatWords)
  const [query, setQuery] = useState('')
  const [at, setAt] = useState<number | null>(null)
  const wanted = useDeferredValue(query)
  const messages = useDeferredValue(useStore(store, (state) => state.messages))
  const hasMore = useStore(store, (state) => state.hasMore)
  const matches = useMemo(() => findMatches(messages, wanted), [messages, wanted])
  const place = Math.min(at ?? matches.length - 1, matches.length - 1)
  const here = matches[place]
  const box = useRef<HTMLInputElement>(null)

  useEffect(() => box.current?.focus(), [])
  useEffect(() => {
    const stop = new AbortController()
    const loadAll = async (): Promise<void> => {
      while (!stop.signal.aborted && (await store.loadOlder(500)));
    }
    void loadAll()
    return () => stop.abort()
  }, [store])
  useEffect(() => {
    if (here) onShow(here.index)
  }, [here, onShow])
  useMarks(within, wanted, here)

  const step = (by: 1 | -1): void => {
    if (matches.length > 0) setAt((place + by + matches.length) % matches.length)
  }
  const count = hasMore
    ? say('find.loading')
    : matches.length === 0
      ? say('find.none')
      : say('find.count', { at: place + 1, of: matches.length })

  return (
    <div
      role="search"
      aria-label={say('find.bar')}
      className="popup absolute top-3 right-4 z-20 flex h-10 items-center gap-1 pr-1 pl-3"
    >
      <input
        ref={box}
        type="text"
        aria-label={say('find.box')}
        placeholder={say('find.box')}
        value={query}
        spellCheck={false}
        onKeyDown={(event) => {
          if (event.key === 'Escape') {
            event.stopPropagation()
            onClose()
          }
          if (event.key === 'Enter' && !event.nativeEvent.isComposing) step(event.shiftKey ? -1 : 1)
        }}
        onChange={(event) => {
          setQuery(event.target.value)
          setAt(null)
        }}
        className="w-48 bg-transparent text-sm outline-none"
      />
      <span role="status" className="min-w-16 text-end text-xs text-faint tabular-nums">
        {wanted.trim() === '' ? '' : count}
      </span>
      <IconButton
        name={say('find.previous')}
        size="small"
        icon={<ChevronUp size={14} />}
        onClick={() => step(-1)}
      />
      <IconButton
        name={say('find.next')}
        size="small"
        icon={<ChevronDown size={14} />}
        onClick={() => step(1)}
      />
      <IconButton name={say('find.close')} size="small" icon={<X size={14} />} onClick={onClose} />
    </div>
  )
}

/** Marks what is drawn without touching it, and again whenever rows come or grow. */
function useMarks(within: RefObject<HTMLElement | null>, query: string, here: Match | undefined): void {
  useEffect(() => {
    const root = within.current
    if (!root || query.trim() === '') return
    let isShown = false
    const mark = (): void => {
      const all: Range[] = []
      const found: Range[] = []
      for (const text of root.querySelectorAll('[data-text]')) {
        const ranges = rangesIn(text, query)
        all.push(...ranges)
        if (Number(text.closest('[data-index]')?.getAttribute('data-index')) === here?.index)
          found.push(...ranges)
      }
      // Marks of Markdown are not drawn, so a message may show fewer matches than it holds.
      const range = found[Math.min(here?.nth ?? 0, found.length - 1)]
      setHighlight('find-all', all)
      setHighlight('find-here', range ? [range] : [], 1)
      if (range && !isShown) {
        isShown = true
        range.startContainer.parentElement?.scrollIntoView({ block: 'center' })
      }
    }
    const stop = onEveryDrawing(root, mark)
    return () => {
      stop()
      CSS.highlights.delete('find-all')
      CSS.highlights.delete('find-here')
    }
  }, [within, query, here])
}

function setHighlight(name: string, ranges: readonly Range[], priority = 0): void {
  const highlight = new Highlight(...ranges)
  highlight.priority = priority
  CSS.highlights.set(name, highlight)
}
