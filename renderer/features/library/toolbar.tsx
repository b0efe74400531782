import { assetKinds, assetOrders, assetOrigins } from '@contract/assets'
import type { SessionId } from '@contract/ids'
import { useStore } from 'zustand'
import { useWords } from '../../lib/words'
import { SearchBox } from '../../ui/search-box'
import { Select } from '../../ui/select'
import { dateSpans } from './library-filter'
import type { LibraryStore } from './library-store'
import { libraryWords } from './words'

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
        <SearchBox
          name={t('search')}
          query={filter.query}
          onSearch={(query) => void store.narrow({ query })}
          onDown={props.onDown}
          className="grow basis-full @3xl:min-w-44 @3xl:basis-44"
        />
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
