import { Pin, RefreshCw, Search, Star } from 'lucide-react'
import { type KeyboardEvent, memo, useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { useStore } from 'zustand'
import type { RendererClient } from '../../client/client'
import { formatAgo } from '../../lib/format'
import { formatLocale, useWords } from '../../lib/words'
import { Button } from '../../ui/button'
import { Dialog } from '../../ui/dialog'
import { EmptyState } from '../../ui/empty-state'
import { SearchField } from '../../ui/search-field'
import { isSame, looksLikeSelector, selectorOf, type ModelChoice } from './model-index'
import { ModelList, optionId, type ModelListHandle } from './model-list'
import type { ModelActions, PicturePrices } from './model-row'
import { modelRows } from './model-rows'
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
  readonly picturePrices: PicturePrices
  readonly onChoose: (choice: ModelChoice) => void
  readonly onMakeDefault: (choice: ModelChoice) => void
  readonly onFavourites: (favourites: string[]) => void
}

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
  const list = useRef<ModelListHandle>(null)
  const index = useStore(store, (state) => state.index)
  const [query, setQuery] = useState('')
  const typed = useTyped(props.client, query, defaultChoice?.provider)
  const rows = useMemo(
    () => modelRows(index, { query, favourites, recents: props.recents, typed }),
    [index, query, favourites, props.recents, typed],
  )
  const options = useMemo(() => rows.flatMap((row, at) => (row.kind === 'model' ? [at] : [])), [rows])
  const [activeKey, setActiveKey] = useState<string | null>(null)
  const found = activeKey === null ? -1 : options.findIndex((at) => rows[at]?.key === activeKey)
  const activeOption = Math.max(0, found)
  const activeRow = rows[options[activeOption] ?? -1]
  const active = activeRow?.kind === 'model' ? activeRow : undefined
  const actions = useActions(props)

  const search = (wanted: string): void => {
    setQuery(wanted)
    setActiveKey(null)
    list.current?.toTop()
  }
  const mark = (option: number): void => {
    const next = Math.min(Math.max(option, 0), options.length - 1)
    const at = options[next]
    if (at === undefined) return
    setActiveKey(rows[at]?.key ?? null)
    // The first model brings its heading into view.
    list.current?.show(next === 0 ? 0 : at)
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 9, PageUp: -9 }[event.key]
    if (step !== undefined) mark(activeOption + step)
    else if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
    else if (active) actions.onChoose(active.choice)
    event.preventDefault()
  }

  return (
    <>
      <div className="flex h-13 shrink-0 items-center gap-2.5 border-b border-line px-4">
        <Search size={16} aria-hidden="true" className="text-faint" />
        <SearchField
          ref={props.searchRef}
          name={t('search')}
          aria-controls={listId}
          aria-activedescendant={active ? optionId(listId, active.key) : undefined}
          value={query}
          onChange={search}
          onKeyDown={onKeyDown}
          className="h-full min-w-0 grow bg-transparent text-base outline-none"
        />
      </div>
      <ModelList
        handle={list}
        id={listId}
        rows={rows}
        total={options.length}
        activeKey={active?.key}
        inForce={inForce}
        defaultChoice={defaultChoice}
        favourites={favourites}
        picturePrices={props.picturePrices}
        actions={actions}
      >
        {options.length === 0 ? (
          <EmptyState
            className="pt-24"
            title={query.trim() === '' ? t('empty') : t('nothing', { query: query.trim() })}
            body={query.trim() === '' ? t('emptyBody') : t('nothingBody')}
          />
        ) : null}
      </ModelList>
      <PickerFoot
        store={store}
        active={active?.choice}
        isFavourite={active !== undefined && favourites.includes(selectorOf(active.choice))}
        isDefault={active !== undefined && isSame(active.choice, defaultChoice)}
        actions={actions}
      />
    </>
  )
}

/** What the rows can ask for, as functions that stay the same: new ones would draw every row again. */
function useActions(props: ModelPickerProps): ModelActions {
  const newest = useRef(props)
  useLayoutEffect(() => {
    newest.current = props
  })
  return useMemo(
    () => ({
      onChoose: (choice) => newest.current.onChoose(choice),
      onMakeDefault: (choice) => newest.current.onMakeDefault(choice),
      onToggleFavourite: (choice) => {
        const { favourites, onFavourites } = newest.current
        const selector = selectorOf(choice)
        const others = favourites.filter((other) => other !== selector)
        onFavourites(others.length === favourites.length ? [...favourites, selector] : others)
      },
    }),
    [],
  )
}

const PickerFoot = memo(function PickerFoot(props: {
  readonly store: ModelStore
  readonly active: ModelChoice | undefined
  readonly isFavourite: boolean
  readonly isDefault: boolean
  readonly actions: ModelActions
}) {
  const { active, actions } = props
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
        disabled={!active}
        icon={<Star size={13} aria-hidden="true" />}
        onClick={() => active && actions.onToggleFavourite(active)}
      >
        {props.isFavourite ? t('removeFavourite') : t('addFavourite')}
      </Button>
      <Button
        variant="ghost"
        size="small"
        disabled={!active || props.isDefault}
        icon={<Pin size={13} aria-hidden="true" />}
        onClick={() => active && actions.onMakeDefault(active)}
      >
        {t('makeDefault')}
      </Button>
    </footer>
  )
})

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
