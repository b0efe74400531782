import type { AssetId } from '@contract/ids'
import { useLayoutEffect, useRef, useState } from 'react'
import { useWords } from '../../../lib/words'
import { Button } from '../../../ui/button'
import { Spinner } from '../../../ui/spinner'
import { countOf, type Attachment, type AttachmentList } from './attachment'
import { AttachmentTile, type TileDoors } from './attachment-tile'
import { attachmentWords } from './attachment-words'
import { useGrowing } from './use-growing'
import { useReorder } from './use-reorder'

export interface AttachmentTrayProps {
  readonly list: AttachmentList
  readonly fileOf: (key: string) => File | undefined
  readonly onRemove: (key: string) => void
  readonly onRetry: (key: string) => void
  readonly onMove: (key: string, place: number) => void
  readonly onOpen: (id: AssetId, siblings: readonly AssetId[]) => void
  readonly onEdit: (id: AssetId) => void
  /** Nothing is left to hold the focus. */
  readonly onEmptied: () => void
}

/** Three rows of pictures; more are shown when somebody wants them. */
const mostShown = 24

/** What goes with the message, in its order. */
export function AttachmentTray(props: AttachmentTrayProps) {
  const t = useWords(attachmentWords)
  const { list } = props
  const [isOpen, setOpen] = useState(false)
  const drawn = useGrowing(isOpen ? list.length : Math.min(list.length, mostShown))
  const [told, setTold] = useState('')
  const rows = useRef<HTMLUListElement>(null)
  const wanted = useRef<string | null>(null)
  const newest = useRef(props)
  newest.current = props
  const reorder = useReorder((key, place) => newest.current.onMove(key, place))

  // A tile that has moved, or the neighbour of one that is gone, keeps the focus.
  useLayoutEffect(() => {
    if (wanted.current === null) return
    buttonOf(rows.current, wanted.current)?.focus()
    wanted.current = null
  }, [list])

  const doors = useRef<TileDoors>({
    remove(key) {
      const { list: now, onRemove, onEmptied } = newest.current
      const at = now.findIndex((each) => each.key === key)
      const next = now[at + 1] ?? now[at - 1]
      setTold(t('removed', { name: now[at]?.name ?? '' }))
      wanted.current = next?.key ?? null
      onRemove(key)
      if (!next) onEmptied()
    },
    retry: (key) => newest.current.onRetry(key),
    moveBy(key, step) {
      const { list: now, onMove } = newest.current
      const place = Math.max(0, Math.min(now.length - 1, now.findIndex((each) => each.key === key) + step))
      wanted.current = key
      onMove(key, place)
      setTold(t('moved', { name: nameOf(now, key), place: place + 1, count: now.length }))
    },
    focusBy(key, step) {
      const { list: now } = newest.current
      const next = now[now.findIndex((each) => each.key === key) + step]
      if (next) buttonOf(rows.current, next.key)?.focus()
    },
    open(id) {
      const ids = newest.current.list.flatMap(({ state }) =>
        state.kind === 'ready' ? [state.asset.asset_id] : [],
      )
      newest.current.onOpen(id, ids)
    },
    edit: (id) => newest.current.onEdit(id),
    hold: reorder.hold,
  }).current

  if (list.length === 0) return <Told words={told} />
  return (
    <div className="px-2.5 pt-2.5">
      <ul
        ref={rows}
        aria-label={t('list')}
        className="-m-2 flex max-h-62 flex-wrap gap-2.5 overflow-y-auto p-2 empty:hidden"
      >
        {list.slice(0, drawn).map((each) => (
          <li key={each.key} data-key={each.key} className="max-w-full">
            <AttachmentTile
              attachment={each}
              file={props.fileOf(each.key)}
              isHeld={reorder.held === each.key}
              doors={doors}
            />
          </li>
        ))}
      </ul>
      {list.length > mostShown ? (
        <Button size="small" variant="ghost" className="mt-1" onClick={() => setOpen(!isOpen)}>
          {isOpen ? t('showFewer') : t('showAll', { count: list.length })}
        </Button>
      ) : null}
      <Progress list={list} />
      <Told words={told} />
    </div>
  )
}

function Progress({ list }: { readonly list: AttachmentList }) {
  const t = useWords(attachmentWords)
  const adding = countOf(list, 'importing')
  const lost = countOf(list, 'failed')
  return (
    <p role="status" className="mt-3 flex items-center gap-2 px-1 text-xs text-muted empty:mt-0">
      {adding > 0 ? (
        <>
          <Spinner className="size-3" />
          {t('addingCount', { count: adding })}
        </>
      ) : lost > 0 ? (
        t('failedCount', { count: lost })
      ) : null}
    </p>
  )
}

/** For ears only. */
const Told = ({ words }: { readonly words: string }) => (
  <p aria-live="polite" className="sr-only">
    {words}
  </p>
)

const nameOf = (list: readonly Attachment[], key: string): string =>
  list.find((each) => each.key === key)?.name ?? ''

const buttonOf = (rows: HTMLElement | null, key: string): HTMLElement | null =>
  rows?.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"] button`) ?? null
