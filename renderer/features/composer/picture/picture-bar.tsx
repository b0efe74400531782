import { X } from 'lucide-react'
import { useStore } from 'zustand'
import { formatUsd } from '../../../lib/format'
import { priceOfOrder, priceWords } from '../../../lib/price-words'
import { formatLocale, useWords } from '../../../lib/words'
import { IconButton } from '../../../ui/icon-button'
import { Select } from '../../../ui/select'
import { choiceFor, entryOf, priceOf, usualFor, type PictureChoice, type PictureStore } from './picture-store'
import { pictureWords } from './picture-words'

/** Sizes that every route takes (contract 9.2). */
const sizes = [
  ['', 'any'],
  ['1024x1024', 'square'],
  ['1536x1024', 'landscape'],
  ['1024x1536', 'portrait'],
  ['1792x1024', 'wide'],
  ['1024x1792', 'tall'],
] as const
const automatic = ''

export interface PictureBarProps {
  readonly store: PictureStore
  /** With pictures attached the order changes them: only models that take pictures are offered. */
  readonly isEdit: boolean
  /** Null: as the daemon chooses. */
  readonly onChoose: (choice: PictureChoice | null) => void
  readonly onClose: () => void
}

/** Who draws, how many and how large, and what it costs: under the words that describe the picture. */
export function PictureBar({ store, isEdit, onChoose, onClose }: PictureBarProps) {
  const t = useWords(pictureWords)
  const sayPrice = useWords(priceWords)
  const state = useStore(store)
  const models = (state.models ?? []).filter(({ can_edit }) => can_edit || !isEdit)
  const several = new Set(models.map(({ route_id }) => route_id)).size > 1
  const price = priceOf(state, isEdit)
  const choice = choiceFor(state, isEdit)
  const fallback = usualFor(state, isEdit)
  const usual = fallback ? ` (${nameOf(fallback.model)})` : ''
  return (
    <div
      role="group"
      aria-label={t('bar')}
      className="mx-2 mb-1 flex flex-wrap items-center gap-1.5 rounded-md bg-surface p-1.5"
    >
      <Select
        name={t('model')}
        className="h-7 max-w-60 min-w-0 text-xs"
        value={choice ? `${choice.provider} ${choice.model}` : automatic}
        choices={[
          { value: automatic, words: `${t('automatic')}${usual}` },
          ...models.map(({ route_id, id, name, usd_per_image }) => ({
            value: `${route_id} ${id}`,
            words: [
              several ? `${route_id}: ${name}` : name,
              ...(usd_per_image === undefined ? [] : [formatUsd(usd_per_image, formatLocale())]),
            ].join(' · '),
          })),
        ]}
        onChange={(value) => {
          const [provider = '', ...model] = value.split(' ')
          onChoose(value === automatic ? null : { provider, model: model.join(' ') })
        }}
      />
      <Select
        name={t('count')}
        className="h-7 text-xs"
        value={String(state.count)}
        choices={[1, 2, 3, 4].map((count) => ({ value: String(count), words: t('count', { count }) }))}
        onChange={(count) => store.choose({ count: Number(count) })}
      />
      <Select
        name={t('size')}
        className="h-7 text-xs"
        value={state.size}
        choices={sizes.map(([value, words]) => ({ value, words: t(`sizes.${words}`) }))}
        onChange={(size) => store.choose({ size })}
      />
      <p role="status" className="min-w-0 grow truncate px-1 text-right text-xs text-muted">
        {state.models && models.length === 0
          ? t(isEdit && state.models.length > 0 ? 'noneEdits' : 'none')
          : entryOf(state, isEdit)
            ? priceOfOrder(price, sayPrice)
            : ''}
      </p>
      <IconButton
        name={t('stopMaking')}
        size="small"
        side="top"
        icon={<X size={14} aria-hidden="true" />}
        onClick={onClose}
      />
    </div>
  )
}

const nameOf = (model: string): string => model.slice(model.indexOf('/') + 1)
