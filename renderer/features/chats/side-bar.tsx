import type { MessageId, SessionId } from '@contract/ids'
import { Images, PanelLeftClose, Settings, SquarePen } from 'lucide-react'
import type { Ref } from 'react'
import { useStore } from 'zustand'
import { faultCatalogue, faultWords } from '../../lib/fault-words'
import { ariaKeys, pagePlatform } from '../../lib/keys'
import { useNow } from '../../lib/use-now'
import { useWords } from '../../lib/words'
import { Button } from '../../ui/button'
import { Callout } from '../../ui/callout'
import { EmptyState } from '../../ui/empty-state'
import { FaultWays } from '../../ui/fault-ways'
import { IconButton } from '../../ui/icon-button'
import { Kbd } from '../../ui/kbd'
import { SearchBox } from '../../ui/search-box'
import { ChatList } from './chat-list'
import type { ChatItemActions } from './chat-item'
import type { ChatListStore } from './chat-list-store'
import { SearchResults } from './search-results'
import { chatsWords } from './words'

export interface SideBarProps {
  readonly store: ChatListStore
  readonly selected: SessionId | null
  readonly actions: ChatItemActions
  readonly onNew: () => void
  readonly onOpenHit: (id: SessionId, messageId: MessageId | null) => void
  readonly onLibrary: () => void
  /** The library stands in the middle. */
  readonly isLibrary: boolean
  readonly onSettings: () => void
  readonly onHide: () => void
  readonly searchRef: Ref<HTMLInputElement>
  readonly keys: {
    readonly new: string
    readonly settings: string
    readonly library: string
    readonly hide: string
    readonly search: string
  }
}

/** Chats, their search, and the way to everything else. */
export function SideBar(props: SideBarProps) {
  const t = useWords(chatsWords)
  const { store } = props
  const query = useStore(store, (state) => state.query)
  const nowMs = useNow(60_000)
  const aria = (keys: string): string => ariaKeys(keys, pagePlatform())
  return (
    <nav aria-label={t('chats')} className="flex h-full min-w-0 flex-col bg-surface">
      <div className="flex h-12 shrink-0 items-center gap-1 px-2">
        <Button
          variant="ghost"
          onClick={props.onNew}
          aria-keyshortcuts={aria(props.keys.new)}
          icon={<SquarePen size={15} aria-hidden="true" />}
          className="group grow justify-start px-2 text-ink"
        >
          <span className="grow text-left">{t('new')}</span>
          <span className="opacity-0 group-hover:opacity-100 group-focus-visible:opacity-100">
            <Kbd keys={props.keys.new} />
          </span>
        </Button>
        <IconButton
          name={t('hide')}
          keys={props.keys.hide}
          icon={<PanelLeftClose size={16} />}
          onClick={props.onHide}
        />
      </div>
      <ChatSearch {...props} />
      {query.trim() === '' ? <Chats {...props} nowMs={nowMs} /> : <Hits {...props} nowMs={nowMs} />}
      <div className="shrink-0 border-t border-line p-2">
        <Button
          variant="ghost"
          onClick={props.onLibrary}
          aria-current={props.isLibrary ? 'page' : undefined}
          aria-keyshortcuts={aria(props.keys.library)}
          icon={<Images size={15} aria-hidden="true" />}
          className="w-full justify-start px-2 aria-[current]:bg-selected aria-[current]:text-ink"
        >
          {t('library')}
        </Button>
        <Button
          variant="ghost"
          onClick={props.onSettings}
          aria-keyshortcuts={aria(props.keys.settings)}
          icon={<Settings size={15} aria-hidden="true" />}
          className="w-full justify-start px-2"
        >
          {t('settings')}
        </Button>
      </div>
    </nav>
  )
}

function ChatSearch(props: SideBarProps) {
  const t = useWords(chatsWords)
  const { store } = props
  const query = useStore(store, (state) => state.query)
  const openFirst = async (text: string): Promise<void> => {
    const { hits, query: searched } = store.getState()
    const first = (searched === text && hits ? hits : await store.search(text))?.[0]
    if (first) props.onOpenHit(first.session_id, first.message_id)
  }
  return (
    <SearchBox
      ref={props.searchRef}
      name={t('search')}
      aria-keyshortcuts={ariaKeys(props.keys.search, pagePlatform())}
      query={query}
      onSearch={(text) => void store.search(text)}
      onEnter={(text) => void openFirst(text)}
      onDown={(field) =>
        field.closest('nav')?.querySelector<HTMLElement>('li button, [data-chat][tabindex="0"]')?.focus()
      }
      className="mx-2 mb-1 shrink-0"
    />
  )
}

function Chats(props: SideBarProps & { readonly nowMs: number }) {
  const t = useWords(chatsWords)
  const tFault = useWords(faultCatalogue)
  const phase = useStore(props.store, (state) => state.phase)
  const fault = useStore(props.store, (state) => state.fault)
  const isEmpty = useStore(props.store, (state) => state.rows.length === 0)
  if (phase === 'failed' && fault) {
    const words = faultWords(fault, tFault)
    return (
      <div className="grow p-2">
        <Callout
          tone="danger"
          role="alert"
          title={words.title}
          actions={
            <>
              <Button size="small" onClick={() => void props.store.load()}>
                {t('retry')}
              </Button>
              <FaultWays offers={words.offers} />
            </>
          }
        >
          {words.body}
        </Callout>
      </div>
    )
  }
  if (isEmpty) {
    return (
      <div className="grow">
        {phase === 'ready' ? <EmptyState className="pt-16" title={t('empty')} body={t('emptyBody')} /> : null}
      </div>
    )
  }
  return (
    <ChatList store={props.store} selected={props.selected} nowMs={props.nowMs} actions={props.actions} />
  )
}

function Hits(props: SideBarProps & { readonly nowMs: number }) {
  const query = useStore(props.store, (state) => state.query)
  const hits = useStore(props.store, (state) => state.hits)
  return <SearchResults query={query} hits={hits} nowMs={props.nowMs} onOpen={props.onOpenHit} />
}
