import type { MessageId, SessionId } from '@contract/ids'
import type { SearchHit } from '@contract/sessions'
import { type KeyboardEvent, useRef } from 'react'
import { formatAgo } from '../../lib/format'
import { formatLocale, useWords } from '../../lib/words'
import { EmptyState } from '../../ui/empty-state'
import { markPieces } from './mark-pieces'
import { chatsWords } from './words'

export interface SearchResultsProps {
  readonly query: string
  readonly hits: readonly SearchHit[] | null
  readonly nowMs: number
  readonly onOpen: (id: SessionId, messageId: MessageId | null) => void
}

/** What the search found, newest first, with the words in question marked. */
export function SearchResults({ query, hits, nowMs, onOpen }: SearchResultsProps) {
  const t = useWords(chatsWords)
  const list = useRef<HTMLUListElement>(null)
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step === undefined) return
    event.preventDefault()
    const buttons = [...(list.current?.querySelectorAll('button') ?? [])]
    const at = buttons.findIndex((button) => button === document.activeElement)
    buttons[Math.min(Math.max(at + step, 0), buttons.length - 1)]?.focus()
  }
  return (
    <div className="min-h-0 grow overflow-y-auto px-2 pb-2">
      <p role="status" className="px-2 py-1.5 text-2xs font-medium text-faint">
        {hits === null || hits.length === 0 ? '' : t('results', { count: hits.length })}
      </p>
      {hits?.length === 0 ? (
        <EmptyState title={t('nothing')} body={t('nothingBody', { query: query.trim() })} />
      ) : (
        <ul ref={list} aria-label={t('search')} onKeyDown={onKeyDown}>
          {hits?.map((hit) => (
            <li key={`${hit.session_id} ${hit.message_id ?? 'title'} ${hit.role}`}>
              <button
                type="button"
                onClick={() => onOpen(hit.session_id, hit.message_id)}
                className="flex w-full flex-col gap-0.5 rounded-sm px-2 py-1.5 text-left outline-offset-[-2px] hover:bg-hover"
              >
                <span className="flex w-full items-baseline gap-2">
                  <span className="min-w-0 grow truncate text-sm font-medium">
                    {hit.role === 'title' ? <Marked hit={hit} /> : hit.title || t('untitled')}
                  </span>
                  <span className="shrink-0 text-2xs text-faint">
                    {formatAgo(hit.at_ms, nowMs, formatLocale())}
                  </span>
                </span>
                {hit.role === 'title' ? null : (
                  <span className="line-clamp-2 text-xs text-muted wrap-anywhere">
                    <span className="text-faint">{hit.role === 'user' ? t('you') : t('assistant')}: </span>
                    <Marked hit={hit} />
                  </span>
                )}
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

function Marked({ hit }: { readonly hit: SearchHit }) {
  return markPieces(hit.excerpt, hit.marks).map((piece, at) =>
    // Pieces have no identity but their place.
    piece.isMarked ? <mark key={at}>{piece.text}</mark> : <span key={at}>{piece.text}</span>,
  )
}
