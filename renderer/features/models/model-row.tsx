import type { ModelView } from '@contract/models'
import { AudioLines, Brain, Eye, ImagePlus, Pin, Star, Wrench } from 'lucide-react'
import { memo, type ReactNode } from 'react'
import { formatCompact, formatUsd } from '../../lib/format'
import { formatLocale, useWords, type Say } from '../../lib/words'
import { Badge } from '../../ui/badge'
import { selectorOf, type ModelChoice } from './model-index'
import { traitsOf, type Trait } from './model-traits'
import { modelWords } from './words'

/** What can be done with a model; the object stays the same, so that rows do. */
export interface ModelActions {
  readonly onChoose: (choice: ModelChoice) => void
  readonly onToggleFavourite: (choice: ModelChoice) => void
  readonly onMakeDefault: (choice: ModelChoice) => void
}

/** US dollars for one picture, by selector, where the image catalogue says it. */
export type PicturePrices = ReadonlyMap<string, number>

export interface ModelOptionProps {
  readonly id: string
  readonly choice: ModelChoice
  readonly view: ModelView | undefined
  readonly place: number
  readonly total: number
  readonly isActive: boolean
  readonly isInForce: boolean
  readonly isDefault: boolean
  readonly isFavourite: boolean
  readonly picturePrice: number | undefined
  readonly actions: ModelActions
}

// Made once: React passes over an element that it has drawn before, and there are a hundred in view.
const icons: Readonly<Record<Trait, ReactNode>> = {
  sees: <Eye size={14} aria-hidden="true" />,
  draws: <ImagePlus size={14} aria-hidden="true" />,
  speaks: <AudioLines size={14} aria-hidden="true" />,
  tools: <Wrench size={14} aria-hidden="true" />,
  thinks: <Brain size={14} aria-hidden="true" />,
}
const onHover = 'opacity-0 group-hover:opacity-100'
const starOn = <Star size={14} className="fill-warn text-warn" />
const starOff = <Star size={14} className={onHover} />
const pinOn = <Pin size={14} className="fill-current" />
const pinOff = <Pin size={14} className={onHover} />

/** One line of the list. Star and pin are for the mouse; the footer has the same for the keyboard. */
export const ModelOption = memo(function ModelOption(props: ModelOptionProps) {
  const t = useWords(modelWords)
  const { choice, view, isActive, actions } = props
  return (
    <div
      role="presentation"
      data-active={isActive ? '' : undefined}
      className="group flex h-full items-center rounded-sm pr-1 hover:bg-hover data-active:bg-selected"
    >
      <div
        id={props.id}
        role="option"
        aria-selected={isActive}
        aria-posinset={props.place}
        aria-setsize={props.total}
        onClick={() => actions.onChoose(choice)}
        className="flex h-full min-w-0 grow items-center gap-3 pl-3"
      >
        <ModelFacts
          choice={choice}
          view={view}
          isInForce={props.isInForce}
          isDefault={props.isDefault}
          picturePrice={props.picturePrice}
        />
      </div>
      <MouseAction
        title={props.isFavourite ? t('removeFavourite') : t('addFavourite')}
        onPress={() => actions.onToggleFavourite(choice)}
      >
        {props.isFavourite ? starOn : starOff}
      </MouseAction>
      <MouseAction title={t('makeDefault')} onPress={() => actions.onMakeDefault(choice)}>
        {props.isDefault ? pinOn : pinOff}
      </MouseAction>
    </div>
  )
})

/** What does not change with the place in the list. */
const ModelFacts = memo(function ModelFacts(
  props: Pick<ModelOptionProps, 'choice' | 'view' | 'isInForce' | 'isDefault' | 'picturePrice'>,
) {
  const t = useWords(modelWords)
  const { choice, view } = props
  return (
    <>
      <div className="flex min-w-0 grow flex-col-reverse">
        {/* First in the page, second on screen: the name of the option starts with the id. */}
        <p className="truncate font-mono text-2xs text-faint">{choice.model}</p>
        <p className="flex items-center gap-1.5">
          <span className="truncate text-sm font-medium">
            {view?.name ?? t('useSelector', { selector: selectorOf(choice) })}
          </span>
          {props.isInForce ? <Badge tone="accent">{t('inForce')}</Badge> : null}
          {props.isDefault ? <Badge className="max-sm:hidden">{t('isDefault')}</Badge> : null}
        </p>
      </div>
      <span className="flex shrink-0 gap-1 text-faint max-sm:hidden">
        {view
          ? traitsOf(view).map((trait) => (
              <span key={trait} role="img" aria-label={t(trait)} title={t(trait)} className="flex">
                {icons[trait]}
              </span>
            ))
          : null}
      </span>
      <div className="w-34 shrink-0 pr-1 text-right text-2xs text-muted tabular-nums">
        {facts(view, props.picturePrice, t)}
      </div>
    </>
  )
})

function facts(
  view: ModelView | undefined,
  picturePrice: number | undefined,
  t: Say<typeof modelWords.words>,
): ReactNode {
  if (!view) return null
  const price = priceOf(view)
  return (
    <>
      {view.context_length === undefined ? null : (
        <p>{t('context', { tokens: formatCompact(view.context_length, formatLocale()) })}</p>
      )}
      {picturePrice !== undefined ? (
        <p>{t('pricePicture', { price: formatUsd(picturePrice, formatLocale()) })}</p>
      ) : view.is_free ? (
        <p className="font-medium text-good">{t('free')}</p>
      ) : price === null ? null : (
        <p>{t('price', price)}</p>
      )}
    </>
  )
}

function priceOf(view: ModelView): { input: string; output: string } | null {
  const { prompt_usd_per_million: input, completion_usd_per_million: output } = view
  if (input === undefined || output === undefined) return null
  return { input: formatUsd(input, formatLocale()), output: formatUsd(output, formatLocale()) }
}

function MouseAction(props: {
  readonly title: string
  readonly onPress: () => void
  readonly children: ReactNode
}) {
  return (
    <button
      type="button"
      aria-hidden="true"
      tabIndex={-1}
      title={props.title}
      onClick={props.onPress}
      className="flex size-7 shrink-0 items-center justify-center rounded-xs text-faint hover:text-ink"
    >
      {props.children}
    </button>
  )
}
