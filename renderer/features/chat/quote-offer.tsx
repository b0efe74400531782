import { Quote } from 'lucide-react'
import { useEffect, useState, type RefObject } from 'react'
import { useWords } from '../../lib/words'
import { Button } from '../../ui/button'
import { quoteOf, selectedIn } from './quote'
import { chatWords } from './words'

interface Offer {
  readonly text: string
  readonly left: number
  readonly top: number
}

/** A button beside the words that were selected in a message. */
export function QuoteOffer(props: {
  readonly within: RefObject<HTMLElement | null>
  readonly onQuote: (markdown: string) => void
}) {
  const { within, onQuote } = props
  const say = useWords(chatWords)
  const [offer, setOffer] = useState<Offer | null>(null)

  useEffect(() => {
    const settle = (): void => setOffer(offerIn(within.current))
    const withdraw = (): void => {
      if (document.getSelection()?.isCollapsed ?? true) setOffer(null)
    }
    const hide = (): void => setOffer(null)
    const log = within.current
    document.addEventListener('pointerup', settle)
    document.addEventListener('keyup', settle)
    document.addEventListener('selectionchange', withdraw)
    log?.addEventListener('scroll', hide, { capture: true, passive: true })
    return () => {
      document.removeEventListener('pointerup', settle)
      document.removeEventListener('keyup', settle)
      document.removeEventListener('selectionchange', withdraw)
      log?.removeEventListener('scroll', hide, { capture: true })
    }
  }, [within])

  if (!offer) return null
  return (
    <div
      className="fixed z-30 -translate-x-1/2 -translate-y-full pb-1.5"
      style={{ left: offer.left, top: offer.top }}
    >
      <Button
        size="small"
        icon={<Quote size={13} aria-hidden="true" />}
        className="bg-raised shadow-md"
        // Pressing must not drop the selection before it is read.
        onPointerDown={(event) => event.preventDefault()}
        onClick={() => {
          onQuote(quoteOf(offer.text))
          document.getSelection()?.removeAllRanges()
          setOffer(null)
        }}
      >
        {say('quote')}
      </Button>
    </div>
  )
}

function offerIn(log: HTMLElement | null): Offer | null {
  const selection = document.getSelection()
  const start = selection && selection.rangeCount > 0 ? selection.getRangeAt(0).startContainer : null
  const element = start instanceof Element ? start : start?.parentElement
  const body = element?.closest('[data-body]') ?? null
  const text = log?.contains(body) ? selectedIn(body) : ''
  if (!selection || text === '') return null
  const box = selection.getRangeAt(0).getBoundingClientRect()
  const middle = box.left + box.width / 2
  return { text, left: Math.min(Math.max(middle, 60), window.innerWidth - 60), top: Math.max(box.top, 48) }
}
