import { ChevronRight } from 'lucide-react'
import { memo, useId, useRef, useState } from 'react'
import { formatDuration } from '../../lib/format'
import { useNow } from '../../lib/use-now'
import { formatLocale, useWords } from '../../lib/words'
import { Markdown } from '../../ui/markdown/markdown'
import { chatWords } from './words'

export interface ReasoningProps {
  readonly text: string
  /** The model is still at it. */
  readonly isGrowing: boolean
}

/** What the model thought before it spoke, folded away. Some providers hide the words: then there is no text. */
export const Reasoning = memo(function Reasoning({ text, isGrowing }: ReasoningProps) {
  const say = useWords(chatWords)
  const [isOpen, setOpen] = useState(false)
  const body = useId()
  if (text.trim() === '' && !isGrowing) return null
  return (
    <div>
      <button
        type="button"
        aria-expanded={isOpen}
        aria-controls={isOpen ? body : undefined}
        onClick={() => setOpen(!isOpen)}
        className="-ml-1.5 flex items-center gap-1.5 rounded-sm py-1 pr-2 pl-1 text-sm text-muted hover:bg-hover hover:text-ink"
      >
        <ChevronRight
          size={14}
          aria-hidden="true"
          className={isOpen ? 'rotate-90 transition-transform' : 'transition-transform'}
        />
        <span className={isGrowing ? 'shimmer' : undefined}>{say('reasoning')}</span>
        {isGrowing ? <Elapsed /> : null}
      </button>
      {isOpen ? (
        <div id={body} className="mt-1.5 border-l-2 border-line pl-4 text-[0.93em] text-muted">
          <Markdown text={text} isGrowing={isGrowing} />
        </div>
      ) : null}
    </div>
  )
})

/** The time since it began to be seen. */
function Elapsed() {
  const say = useWords(chatWords)
  const begun = useRef(Date.now())
  const seconds = Math.floor((useNow(1_000) - begun.current) / 1000)
  return (
    <span className="text-faint tabular-nums">
      <span className="sr-only">{say('thinking')} </span>
      {seconds > 0 ? formatDuration(seconds * 1000, formatLocale()) : ''}
    </span>
  )
}
