import { useVirtualizer } from '@tanstack/react-virtual'
import { memo, useCallback, useImperativeHandle, useRef, type ReactNode, type Ref } from 'react'
import { useWords } from '../../lib/words'
import { isSame, selectorOf, type ModelChoice } from './model-index'
import { ModelOption, type ModelActions, type PicturePrices } from './model-row'
import type { ModelGroup, ModelRow } from './model-rows'
import { modelWords } from './words'

export interface ModelListHandle {
  /** Brings a row into view. */
  show(index: number): void
  toTop(): void
}

export interface ModelListProps {
  readonly handle: Ref<ModelListHandle>
  readonly id: string
  readonly rows: readonly ModelRow[]
  /** How many rows can be chosen. */
  readonly total: number
  readonly activeKey: string | undefined
  readonly inForce: ModelChoice | null
  readonly defaultChoice: ModelChoice | null
  readonly favourites: readonly string[]
  readonly picturePrices: PicturePrices
  readonly actions: ModelActions
  /** Below the rows: why there are none. */
  readonly children: ReactNode
}

const headingHeight = 30
const optionHeight = 46

/** The id of an option's element, for `aria-activedescendant`. */
export const optionId = (listId: string, key: string): string => `${listId}-${key.replaceAll(/[^\w]/g, '_')}`

/** Every model, at the cost of those in view. */
export const ModelList = memo(function ModelList(props: ModelListProps) {
  const { id, rows, total, handle, favourites } = props
  const t = useWords(modelWords)
  const scroller = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (at) => (rows[at]?.kind === 'heading' ? headingHeight : optionHeight),
    // Another function for other rows: their places are worked out again then, and only then.
    getItemKey: useCallback((at: number) => rows[at]?.key ?? at, [rows]),
    overscan: 4,
    paddingEnd: 6,
    initialRect: { width: 700, height: 460 },
  })
  useImperativeHandle(handle, () => ({
    show: (index) => virtual.scrollToIndex(index),
    toTop: () => {
      // Asking the list itself would lay it out at every key press.
      if (virtual.scrollOffset) virtual.scrollToOffset(0)
    },
  }))
  return (
    <div ref={scroller} className="h-[min(52vh,460px)] overflow-y-auto px-2">
      <div
        id={id}
        role="listbox"
        aria-label={t('list')}
        className="relative w-full"
        style={{ height: virtual.getTotalSize() }}
      >
        {virtual.getVirtualItems().map((item) => {
          const row = rows[item.index]
          if (!row) return null
          return (
            // By place: another query gives the same lines other words, which costs less than new lines.
            <div
              key={item.index}
              role="presentation"
              className="absolute inset-x-0 [contain:size_layout_style]"
              style={{ height: item.size, top: item.start }}
            >
              {row.kind === 'heading' ? (
                <GroupHeading group={row.group} count={row.count} />
              ) : (
                <ModelOption
                  id={optionId(id, row.key)}
                  choice={row.choice}
                  view={row.view}
                  place={row.place}
                  total={total}
                  isActive={row.key === props.activeKey}
                  isInForce={isSame(row.choice, props.inForce)}
                  isDefault={isSame(row.choice, props.defaultChoice)}
                  isFavourite={favourites.includes(selectorOf(row.choice))}
                  picturePrice={props.picturePrices.get(selectorOf(row.choice))}
                  actions={props.actions}
                />
              )}
            </div>
          )
        })}
      </div>
      {props.children}
    </div>
  )
})

const GroupHeading = memo(function GroupHeading(props: {
  readonly group: ModelGroup
  readonly count: number
}) {
  const t = useWords(modelWords)
  const { group, count } = props
  return (
    <div role="presentation" className="flex h-full items-end gap-2 px-3 pb-1 text-2xs text-faint">
      <span className="font-medium">
        {typeof group === 'string'
          ? t(group === 'typed' ? 'use' : group)
          : group.draws
            ? t('drawing', { provider: group.provider })
            : group.provider}
      </span>
      {typeof group === 'string' ? null : <span>{t('count', { count })}</span>}
    </div>
  )
})
