import type { AssetRow } from '@contract/assets'
import type { AssetId, MessageId, SessionId } from '@contract/ids'
import { BrushCleaning, Ellipsis, Images, Plus, SearchX, X } from 'lucide-react'
import { type ReactNode, useCallback, useEffect, useMemo, useRef } from 'react'
import { useStore } from 'zustand'
import type { RendererClient } from '../../client/client'
import type { AssetDeeds } from '../../lib/asset-deeds'
import { faultCatalogue, faultWords } from '../../lib/fault-words'
import { useNow } from '../../lib/use-now'
import { useWords } from '../../lib/words'
import { Button } from '../../ui/button'
import { Callout } from '../../ui/callout'
import { EmptyState } from '../../ui/empty-state'
import { FaultWays } from '../../ui/fault-ways'
import { IconButton } from '../../ui/icon-button'
import { LinkGate } from '../../ui/markdown/link-gate'
import { Menu } from '../../ui/menu'
import { Spinner } from '../../ui/spinner'
import { tellFault } from '../../ui/tell-fault'
import { countWords } from './asset-cell'
import { AssetGrid } from './asset-grid'
import { AssetPage } from './asset-page'
import { createDeletion } from './create-deletion'
import type { Imports } from './create-imports'
import { DeletionDialog } from './deletion-dialog'
import { ImportStrip } from './import-strip'
import { isNarrowed, noFilter } from './library-filter'
import type { LibraryStore } from './library-store'
import { SelectionBar } from './selection-bar'
import { Toolbar } from './toolbar'
import { useSize } from './use-size'
import { libraryWords } from './words'

export interface LibraryProps {
  readonly client: RendererClient
  readonly store: LibraryStore
  readonly imports: Imports
  /** The open chat; null: none that could hold anything. */
  readonly session: SessionId | null
  /** What stands before the title, for instance the way to a hidden side bar. */
  readonly lead?: ReactNode
  readonly deeds: AssetDeeds
  readonly onClose: () => void
  /** Attaches them to the message that is being written. */
  readonly onUse: (assets: readonly AssetRow[]) => void
  readonly onEdit: (id: AssetId) => void
  /** Shows one of them large. */
  readonly onView: (ids: readonly AssetId[], index: number) => void
  readonly onOpenMessage: (session: SessionId, message: MessageId | null) => void
  readonly onCleanUp: () => void
  /** A link in a document was pressed. */
  readonly onOpenLink: (url: string) => void
}

/** Room for a grid of three columns with the page of an asset beside it. */
const roomForBoth = 860

/** All assets the daemon owns, and the page of one of them beside or over them. */
export function Library(props: LibraryProps) {
  const { client, store } = props
  const t = useWords(libraryWords)
  const frame = useRef<HTMLElement>(null)
  const { width } = useSize(frame)
  const nowMs = useNow(60_000)
  const opened = useStore(store, (state) => state.opened)
  const deletion = useMemo(() => createDeletion(client), [client])
  useEffect(() => void store.enter(props.session), [store, props.session])
  const opener = useRef<Element | null>(null)
  const onDelete = useCallback(
    async (assets: readonly AssetRow[]): Promise<void> => {
      opener.current = document.activeElement
      const fault = await deletion.ask(assets)
      if (fault) tellFault(fault)
    },
    [deletion],
  )
  const isBeside = width >= roomForBoth
  const view = (id: AssetId): void => {
    const ids = store.getState().rows.map(({ asset_id }) => asset_id)
    const at = ids.indexOf(id)
    props.onView(at < 0 ? [id] : ids, Math.max(0, at))
  }
  return (
    <section ref={frame} aria-label={t('library')} className="flex h-full min-h-0 bg-canvas">
      {opened === null || isBeside ? <Shelf {...props} nowMs={nowMs} onDelete={onDelete} /> : null}
      {opened === null ? null : (
        <div className={isBeside ? 'w-[min(44%,30rem)] shrink-0 border-l border-line' : 'min-w-0 grow'}>
          <LinkGate onOpenLink={props.onOpenLink}>
            <AssetPage
              client={client}
              id={opened}
              nowMs={nowMs}
              isWhole={!isBeside}
              deeds={props.deeds}
              onClose={() => store.open(null)}
              onOpen={(id) => store.open(id)}
              onView={view}
              onUse={props.onUse}
              onEdit={props.onEdit}
              onDelete={onDelete}
              onOpenMessage={props.onOpenMessage}
            />
          </LinkGate>
        </div>
      )}
      <DeletionDialog
        deletion={deletion}
        // What asked for it may be gone with what was deleted.
        finalFocus={() => (opener.current?.isConnected ? true : (cellOf(frame.current) ?? true))}
        onOpenMessage={props.onOpenMessage}
        onOpenAsset={(id) => store.open(id)}
      />
    </section>
  )
}

/** The one asset that Tab reaches. */
const cellOf = (inside: HTMLElement | null): HTMLElement | null =>
  inside?.querySelector<HTMLElement>('[data-asset][tabindex="0"]') ?? null

/** Title, filters and grid. */
function Shelf(
  props: LibraryProps & {
    readonly nowMs: number
    readonly onDelete: (assets: readonly AssetRow[]) => Promise<void>
  },
) {
  const { client, store, imports, onDelete } = props
  const grid = useRef<HTMLDivElement>(null)
  const rows = useStore(store, (state) => state.rows)
  const selected = useStore(store, (state) => state.selected)
  const onDrag = useCallback((id: AssetId) => client.dragAsset(id), [client])
  return (
    <div className="relative flex min-w-0 grow flex-col">
      <ShelfHeader {...props} />
      <Toolbar store={store} session={props.session} onDown={() => cellOf(grid.current)?.focus()} />
      <ImportStrip imports={imports} />
      <div ref={grid} className="flex min-h-0 grow flex-col">
        <Shown store={store}>
          <AssetGrid
            store={store}
            nowMs={props.nowMs}
            onDrag={onDrag}
            onDelete={(assets) => void onDelete(assets)}
          />
        </Shown>
      </div>
      {selected.size === 0 ? null : (
        <SelectionBar
          assets={rows.filter(({ asset_id }) => selected.has(asset_id))}
          onUse={props.onUse}
          onDelete={(assets) => void onDelete(assets)}
          onClear={() => store.unselect()}
        />
      )}
    </div>
  )
}

function ShelfHeader({ store, imports, ...props }: LibraryProps) {
  const t = useWords(libraryWords)
  const picker = useRef<HTMLInputElement>(null)
  const total = useStore(store, (state) => state.total)
  const isReady = useStore(store, (state) => state.phase === 'ready')
  return (
    <header className="flex h-12 shrink-0 items-center gap-1 border-b border-line pr-2 pl-4">
      {props.lead}
      <h2 className="text-base font-medium">{t('library')}</h2>
      <p role="status" className="ml-2 grow truncate text-xs text-faint tabular-nums">
        {isReady && total > 0 ? t('count', countWords(total)) : ''}
      </p>
      <Button
        size="small"
        icon={<Plus size={14} aria-hidden="true" />}
        onClick={() => picker.current?.click()}
      >
        {t('add')}
      </Button>
      <input
        ref={picker}
        type="file"
        multiple
        hidden
        onChange={(event) => {
          imports.add([...(event.target.files ?? [])])
          event.target.value = ''
        }}
      />
      <Menu
        trigger={<IconButton name={t('more')} icon={<Ellipsis size={16} />} />}
        groups={[
          [{ id: 'clean-up', words: t('cleanUp'), icon: <BrushCleaning size={14} />, run: props.onCleanUp }],
        ]}
      />
      <IconButton name={t('close')} icon={<X size={16} />} onClick={props.onClose} />
    </header>
  )
}

/** The grid, or what to say where there is none. */
function Shown({ store, children }: { readonly store: LibraryStore; readonly children: ReactNode }) {
  const t = useWords(libraryWords)
  const tFault = useWords(faultCatalogue)
  const phase = useStore(store, (state) => state.phase)
  const fault = useStore(store, (state) => state.fault)
  const filter = useStore(store, (state) => state.filter)
  const isEmpty = useStore(store, (state) => state.rows.length === 0)
  if (phase === 'failed' && fault) {
    const words = faultWords(fault, tFault)
    return (
      <div className="p-4">
        <Callout
          tone="danger"
          role="alert"
          title={words.title}
          actions={
            <>
              <Button size="small" onClick={() => void store.load()}>
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
  if (!isEmpty) return children
  if (phase !== 'ready') {
    return (
      <p
        role="status"
        className="appears-late flex grow items-center justify-center gap-2 text-sm text-muted"
      >
        <Spinner /> {t('loading')}
      </p>
    )
  }
  return isNarrowed(filter) ? (
    <EmptyState
      className="grow"
      icon={<SearchX size={32} strokeWidth={1.5} />}
      title={t('nothing')}
      body={t('nothingBody')}
      actions={<Button onClick={() => void store.narrow(noFilter)}>{t('clearFilters')}</Button>}
    />
  ) : (
    <EmptyState
      className="grow"
      icon={<Images size={32} strokeWidth={1.5} />}
      title={t('empty')}
      body={t('emptyBody')}
    />
  )
}
