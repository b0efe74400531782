import { Pin, RefreshCw, Search, Star } from 'lucide-react'
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useStore } from 'zustand'
import type { RendererClient } from '../../client/client'
import { formatAgo } from '../../lib/format'
import { formatLocale, useWords } from '../../lib/words'
import { Button } from '../../ui/button'
import { Dialog } from '../../ui/dialog'
import { EmptyState } from '../../ui/empty-state'
import { ModelOption } from './model-row'
import { looksLikeSelector, selectorOf, type ModelChoice } from './model-index'
import { modelRows, type ModelGroup, type ModelRow } from './model-rows'
import type { ModelStore } from './model-store'
import { modelWords } from './words'

export interface ModelPickerProps {
  readonly client: RendererClient
  readonly store: ModelStore
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
  readonly inForce: ModelChoice | null
  readonly defaultChoice: ModelChoice | null
  readonly favourites: readonly string[]
  readonly recents: readonly string[]
  readonly onChoose: (choice: ModelChoice) => void
  readonly onMakeDefault: (choice: ModelChoice) => void
  readonly onFavourites: (favourites: string[]) => void
}

const headingHeight = 30
const optionHeight = 46

/** `Choose a model`: search on top, the list below, what can be done with the marked model at the foot. */
export function ModelPicker(props: ModelPickerProps) {
  const t = useWords(modelWords)
  const searchRef = useRef<HTMLInputElement>(null)
  return (
    <Dialog
      open={props.open}
      onOpenChange={props.onOpenChange}
      title={t('title')}
      closeName={t('close')}
      hideTitle
      size="large"
      place="top"
      initialFocus={searchRef}
    >
      <PickerBody {...props} searchRef={searchRef} />
    </Dialog>
  )
}

function PickerBody(
  props: ModelPickerProps & { readonly searchRef: React.RefObject<HTMLInputElement | null> },
) {
  const { store, favourites, inForce, defaultChoice } = props
  const t = useWords(modelWords)
  const listId = useId()
  const scroller = useRef<HTMLDivElement>(null)
  const index = useStore(store, (state) => state.index)
  const [query, setQuery] = useState('')
  const typed = useTyped(props.client, query, defaultChoice?.provider)
  const rows = useMemo(
    () => modelRows(index, { query, favourites, recents: props.recents, typed }),
    [index, query, favourites, props.recents, typed],
  )
  const options = useMemo(() => rows.flatMap((row, at) => (row.kind === 'model' ? [at] : [])), [rows])
  const [activeKey, setActiveKey] = useState<string | null>(null)
  const found = options.findIndex((at) => rows[at]?.key === activeKey)
  const activeOption = Math.max(0, found)
  const activeRow = rows[options[activeOption] ?? -1]
  const active = activeRow?.kind === 'model' ? activeRow : undefined

  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (at) => (rows[at]?.kind === 'heading' ? headingHeight : optionHeight),
    getItemKey: (at) => rows[at]?.key ?? at,
    overscan: 6,
    paddingEnd: 6,
    initialRect: { width: 700, height: 460 },
  })
  useEffect(() => {
    setActiveKey(null)
    virtual.measure()
    virtual.scrollToOffset(0)
  }, [query, virtual])

  const mark = (option: number): void => {
    const next = Math.min(Math.max(option, 0), options.length - 1)
    const at = options[next]
    if (at === undefined) return
    setActiveKey(rows[at]?.key ?? null)
    // The first model brings its heading into view.
    virtual.scrollToIndex(next === 0 ? 0 : at)
  }
  const choose = (row: ModelRow | undefined): void => {
    if (row?.kind === 'model') props.onChoose(row.choice)
  }
  const toggleFavourite = (choice: ModelChoice): void => {
    const selector = selectorOf(choice)
    const others = favourites.filter((other) => other !== selector)
    props.onFavourites(others.length === favourites.length ? [...favourites, selector] : others)
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 9, PageUp: -9 }[event.key]
    if (step !== undefined) mark(activeOption + step)
    else if (event.key === 'Enter' && !event.nativeEvent.isComposing) choose(active)
    else return
    event.preventDefault()
  }
  const optionId = (key: string): string => `${listId}-${key.replaceAll(/[^\w]/g, '_')}`

  return (
    <>
      <div className="flex h-13 shrink-0 items-center gap-2.5 border-b border-line px-4">
        <Search size={16} aria-hidden="true" className="text-faint" />
        <input
          ref={props.searchRef}
          type="search"
          aria-label={t('search')}
          aria-controls={listId}
          aria-activedescendant={active ? optionId(active.key) : undefined}
          placeholder={t('search')}
          value={query}
          onChange={(event) => setQuery(event.target.value)}
          onKeyDown={onKeyDown}
          autoComplete="off"
          spellCheck={false}
          className="h-full min-w-0 grow bg-transparent text-base outline-none [&::-webkit-search-cancel-button]:hidden"
        />
      </div>
      <div ref={scroller} className="h-[min(52vh,460px)] overflow-y-auto px-2">
        <div
          id={listId}
          role="listbox"
          aria-label={t('list')}
          className="relative w-full"
          style={{ height: virtual.getTotalSize() }}
        >
          {virtual.getVirtualItems().map((item) => {
            const row = rows[item.index]
            if (!row) return null
            return (
              <div
                key={item.key}
                role="presentation"
                className="absolute inset-x-0 top-0"
                style={{ height: item.size, transform: `translateY(${item.start}px)` }}
              >
                {row.kind === 'heading' ? (
                  <GroupHeading group={row.group} count={row.count} />
                ) : (
                  <ModelOption
                    id={optionId(row.key)}
                    choice={row.choice}
                    view={row.view}
                    place={row.place}
                    total={options.length}
                    isActive={row === active}
                    isInForce={isSame(row.choice, inForce)}
                    isDefault={isSame(row.choice, defaultChoice)}
                    isFavourite={favourites.includes(selectorOf(row.choice))}
                    onChoose={() => choose(row)}
                    onToggleFavourite={() => toggleFavourite(row.choice)}
                    onMakeDefault={() => props.onMakeDefault(row.choice)}
                  />
                )}
              </div>
            )
          })}
        </div>
        {options.length === 0 ? (
          <EmptyState
            className="pt-24"
            title={query.trim() === '' ? t('empty') : t('nothing', { query: query.trim() })}
            body={query.trim() === '' ? t('emptyBody') : t('nothingBody')}
          />
        ) : null}
      </div>
      <PickerFoot
        store={store}
        active={active?.choice}
        isFavourite={active !== undefined && favourites.includes(selectorOf(active.choice))}
        isDefault={active !== undefined && isSame(active.choice, defaultChoice)}
        onToggleFavourite={() => active && toggleFavourite(active.choice)}
        onMakeDefault={() => active && props.onMakeDefault(active.choice)}
      />
    </>
  )
}

function GroupHeading({ group, count }: { readonly group: ModelGroup; readonly count: number }) {
  const t = useWords(modelWords)
  return (
    <div role="presentation" className="flex h-full items-end gap-2 px-3 pb-1 text-2xs text-faint">
      <span className="font-medium">
        {typeof group === 'string' ? t(group === 'typed' ? 'use' : group) : group.provider}
      </span>
      {typeof group === 'string' ? null : <span>{t('count', { count })}</span>}
    </div>
  )
}

function PickerFoot(props: {
  readonly store: ModelStore
  readonly active: ModelChoice | undefined
  readonly isFavourite: boolean
  readonly isDefault: boolean
  readonly onToggleFavourite: () => void
  readonly onMakeDefault: () => void
}) {
  const t = useWords(modelWords)
  const { refreshedAtMs, isRefreshing, fault } = useStore(props.store)
  const age =
    refreshedAtMs === null
      ? t('never')
      : t('updated', { ago: formatAgo(refreshedAtMs, Date.now(), formatLocale()) })
  return (
    <footer className="flex shrink-0 flex-wrap items-center gap-x-1 gap-y-1 border-t border-line bg-surface px-3 py-2">
      <p role="status" className="mr-auto min-w-0 truncate text-xs text-faint max-sm:w-full max-sm:px-1">
        {fault ? `${age}. ${t('offline')}` : age}
      </p>
      <Button
        variant="ghost"
        size="small"
        busy={isRefreshing}
        icon={<RefreshCw size={13} aria-hidden="true" />}
        onClick={() => void props.store.refresh()}
      >
        {isRefreshing ? t('refreshing') : t('refresh')}
      </Button>
      <Button
        variant="ghost"
        size="small"
        disabled={!props.active}
        icon={<Star size={13} aria-hidden="true" />}
        onClick={props.onToggleFavourite}
      >
        {props.isFavourite ? t('removeFavourite') : t('addFavourite')}
      </Button>
      <Button
        variant="ghost"
        size="small"
        disabled={!props.active || props.isDefault}
        icon={<Pin size={13} aria-hidden="true" />}
        onClick={props.onMakeDefault}
      >
        {t('makeDefault')}
      </Button>
    </footer>
  )
}

/** What the daemon makes of a query that looks like a selector; the routes file is its business. */
function useTyped(
  client: RendererClient,
  query: string,
  defaultRoute: string | undefined,
): ModelChoice | undefined {
  const [typed, setTyped] = useState<{ readonly query: string; readonly choice: ModelChoice } | null>(null)
  useEffect(() => {
    if (!looksLikeSelector(query)) return
    let isCurrent = true
    void client.ask['runtime.parseSelector']({ model: query.trim() }).then((answer) => {
      const { provider = defaultRoute, model } = answer.ok ? answer.value : {}
      if (isCurrent && provider && model) setTyped({ query, choice: { provider, model } })
    })
    return () => {
      isCurrent = false
    }
  }, [client, query, defaultRoute])
  return typed?.query === query ? typed.choice : undefined
}

const isSame = (choice: ModelChoice, other: ModelChoice | null): boolean =>
  other !== null && choice.model === other.model && choice.provider === other.provider
