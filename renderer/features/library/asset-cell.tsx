import type { AssetRow } from '@contract/assets'
import type { AssetId } from '@contract/ids'
import { Check } from 'lucide-react'
import { memo, type MouseEvent } from 'react'
import { formatMoment, formatNumber } from '../../lib/format'
import { formatLocale, useWords } from '../../lib/words'
import { classNames } from '../../ui/class-names'
import { assetLine } from './asset-line'
import { Thumbnail } from './thumbnail'
import { libraryWords } from './words'

export interface CellActions {
  readonly onOpen: (id: AssetId) => void
  readonly onSelect: (id: AssetId, stretch: boolean) => void
  readonly onFocus: (id: AssetId) => void
  readonly onDrag: (id: AssetId) => void
}

/** One asset of the grid. Its actions stay the same functions: a cell that stays in view is not drawn again. */
export const AssetCell = memo(function AssetCell(props: {
  readonly asset: AssetRow
  /** Of the whole list, from 0. */
  readonly place: number
  readonly total: number
  /** Pixels. */
  readonly top: number
  readonly left: number
  readonly width: number
  readonly height: number
  readonly isOpen: boolean
  readonly isSelected: boolean
  /** Something is selected: the boxes show without pointing at them. */
  readonly isSelecting: boolean
  readonly isTabStop: boolean
  readonly actions: CellActions
}) {
  const { asset, actions, isSelected } = props
  const t = useWords(libraryWords)
  const locale = formatLocale()
  const { asset_id: id, file_name: name } = asset
  const press = (event: MouseEvent): void => {
    if (event.shiftKey) actions.onSelect(id, true)
    else if (event.ctrlKey || event.metaKey) actions.onSelect(id, false)
    else actions.onOpen(id)
  }
  const { top, left, width, height } = props
  return (
    <div
      role="listitem"
      aria-posinset={props.place + 1}
      aria-setsize={props.total}
      className="group/cell absolute [contain:size_layout_style]"
      style={{ top, left, width, height }}
    >
      <button
        type="button"
        data-asset={id}
        tabIndex={props.isTabStop ? 0 : -1}
        aria-current={props.isOpen ? 'true' : undefined}
        title={name}
        draggable
        onDragStart={(event) => {
          event.preventDefault()
          actions.onDrag(id)
        }}
        onFocus={() => actions.onFocus(id)}
        onClick={press}
        className={classNames(
          'flex h-full w-full flex-col rounded-md p-1.5 text-left outline-offset-[-2px] hover:bg-hover',
          'aria-[current]:bg-selected',
          isSelected && 'bg-accent-soft hover:bg-accent-soft',
        )}
      >
        <Thumbnail
          asset={asset}
          className={classNames('w-full min-h-0 grow rounded-sm', isSelected && 'ring-2 ring-accent')}
        />
        <span className="mt-1.5 w-full truncate text-sm text-ink">{name}</span>
        <span className="w-full truncate text-2xs text-faint tabular-nums">
          {asset.is_quarantined ? <span className="text-warn">{t('damaged')} · </span> : null}
          {assetLine(asset, locale)}
          <span className="sr-only">, {formatMoment(asset.created_at_ms, locale)}</span>
        </span>
      </button>
      <button
        type="button"
        role="checkbox"
        aria-checked={isSelected}
        aria-label={t('select', { name })}
        tabIndex={-1}
        onClick={(event) => actions.onSelect(id, event.shiftKey)}
        className={classNames(
          'absolute top-3 left-3 flex size-6 items-center justify-center rounded-full border opacity-0',
          'group-hover/cell:opacity-100 focus-visible:opacity-100 peer-focus-visible:opacity-100',
          isSelected ? 'border-accent bg-accent text-on-accent' : 'border-line-strong bg-raised/75',
          (isSelected || props.isSelecting) && 'opacity-100',
        )}
      >
        {isSelected ? <Check size={14} strokeWidth={2.5} aria-hidden="true" /> : null}
      </button>
    </div>
  )
})

/** `1,204 files`, with its plural. */
export const countWords = (count: number): { readonly count: number; readonly number: string } => ({
  count,
  number: formatNumber(count, formatLocale()),
})
