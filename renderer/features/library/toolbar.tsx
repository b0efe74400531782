import { assetKinds, assetOrders, assetOrigins } from '@contract/assets'
import type { SessionId } from '@contract/ids'
import { Search, X } from 'lucide-react'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { useStore } from 'zustand'
import { useWords } from '../../lib/words'
import { SearchField } from '../../ui/search-field'
import { Select } from '../../ui/select'
import { dateSpans } from './library-filter'
import type { LibraryStore } from './library-store'
import { libraryWords } from './words'

/** A pause of this many milliseconds in typing, and the search begins. */
const pause = 150

/** What narrows the library down. */
export function Toolbar(props: {
  readonly store: LibraryStore
  /** The open chat; null: none that could hold anything. */
  readonly session: SessionId | null
  readonly onDown: () => void
}) {
  const { store, session } = props
  const t = useWords(libraryWords)
  const filter = useStore(store, (state) => state.filter)
  return (
    <div className="@container shrink-0 border-b border-line px-4 py-2">
      <div className="flex flex-wrap items-center gap-1.5">
        <AssetSearch store={store} onDown={props.onDown} />
        <Select
          name={t('type')}
          value={filter.kind}
          choices={(['all', ...assetKinds] as const).map((value) => ({ value, words: t(`types.${value}`) }))}
          onChange={(kind) => void store.narrow({ kind })}
        />
        <Select
          name={t('origin')}
          value={filter.origin}
          choices={(['all', ...assetOrigins] as const).map((value) => ({
            value,
            words: t(`origins.${value}`),
          }))}
          onChange={(origin) => void store.narrow({ origin })}
        />
        {session === null ? null : (
          <Select
            name={t('chat')}
            value={filter.session_id === null ? 'any' : 'this'}
            choices={(['any', 'this'] as const).map((value) => ({ value, words: t(`chats.${value}`) }))}
            onChange={(value) => void store.narrow({ session_id: value === 'any' ? null : session })}
          />
        )}
        <Select
          name={t('date')}
          value={filter.date}
          choices={dateSpans.map((value) => ({ value, words: t(`dates.${value}`) }))}
          onChange={(date) => void store.narrow({ date })}
        />
        <Select
          name={t('order')}
          value={filter.order}
          choices={assetOrders.map((value) => ({ value, words: t(`orders.${value}`) }))}
          onChange={(order) => void store.narrow({ order })}
        />
      </div>
    </div>
  )
}

function AssetSearch({ store, onDown }: { readonly store: LibraryStore; readonly onDown: () => void }) {
  const t = useWords(libraryWords)
  const query = useStore(store, (state) => state.filter.query)
  const [text, setText] = useState(query)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  // Something else emptied the search.
  useEffect(() => {
    if (query === '') setText('')
  }, [query])
  useEffect(() => () => clearTimeout(timer.current), [])
  const change = (value: string): void => {
    setText(value)
    clearTimeout(timer.current)
    if (value.trim() === query.trim()) return
    const search = (): void => void store.narrow({ query: value })
    if (value.trim() === '') search()
    else timer.current = setTimeout(search, pause)
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Escape' && text !== '') change('')
    else if (event.key === 'ArrowDown') onDown()
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div className="relative grow basis-full @3xl:min-w-44 @3xl:basis-44">
      <Search size={14} aria-hidden="true" className="absolute top-2.25 left-2.5 text-faint" />
      <SearchField
        name={t('search')}
        value={text}
        onChange={change}
        onKeyDown={onKeyDown}
        className="h-8 w-full rounded-sm bg-hover pr-7 pl-8 text-sm"
      />
      {text === '' ? null : (
        <button
          type="button"
          aria-hidden="true"
          tabIndex={-1}
          onClick={() => change('')}
          className="absolute top-1 right-1 flex size-6 items-center justify-center rounded-xs text-faint hover:text-ink"
        >
          <X size={14} />
        </button>
      )}
    </div>
  )
}
