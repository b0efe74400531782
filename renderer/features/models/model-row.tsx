import type { ModelView } from '@contract/models'
import { AudioLines, Brain, Eye, ImagePlus, Pin, Star, Wrench } from 'lucide-react'
import type { ReactNode } from 'react'
import { formatCompact, formatUsd } from '../../lib/format'
import { formatLocale, useWords, type Say } from '../../lib/words'
import { Badge } from '../../ui/badge'
import { classNames } from '../../ui/class-names'
import { selectorOf, type ModelChoice } from './model-index'
import { traitsOf, type Trait } from './model-traits'
import { modelWords } from './words'

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
  readonly onChoose: () => void
  readonly onToggleFavourite: () => void
  readonly onMakeDefault: () => void
}

const icons: Readonly<Record<Trait, typeof Eye>> = {
  sees: Eye,
  draws: ImagePlus,
  speaks: AudioLines,
  tools: Wrench,
  thinks: Brain,
}

/** One line of the list. Star and pin are for the mouse; the footer has the same for the keyboard. */
export function ModelOption(props: ModelOptionProps) {
  const t = useWords(modelWords)
  const { choice, view, isActive } = props
  const traits = view ? traitsOf(view) : []
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
        onClick={props.onChoose}
        className="flex h-full min-w-0 grow items-center gap-3 pl-3"
      >
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
          {traits.map((trait) => (
            <TraitIcon key={trait} trait={trait} title={t(trait)} />
          ))}
        </span>
        <div className="w-34 shrink-0 pr-1 text-right text-2xs text-muted tabular-nums">{facts(view, t)}</div>
      </div>
      <MouseAction
        title={props.isFavourite ? t('removeFavourite') : t('addFavourite')}
        onPress={props.onToggleFavourite}
      >
        <Star
          size={14}
          className={classNames(
            props.isFavourite ? 'fill-warn text-warn' : 'opacity-0 group-hover:opacity-100',
          )}
        />
      </MouseAction>
      <MouseAction title={t('makeDefault')} onPress={props.onMakeDefault}>
        <Pin size={14} className={props.isDefault ? 'fill-current' : 'opacity-0 group-hover:opacity-100'} />
      </MouseAction>
    </div>
  )
}

function facts(view: ModelView | undefined, t: Say<typeof modelWords.words>): ReactNode {
  if (!view) return null
  const price = priceOf(view)
  return (
    <>
      {view.context_length === undefined ? null : (
        <p>{t('context', { tokens: formatCompact(view.context_length, formatLocale()) })}</p>
      )}
      {view.is_free ? (
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

function TraitIcon({ trait, title }: { readonly trait: Trait; readonly title: string }) {
  const Icon = icons[trait]
  return (
    <span title={title} className="flex">
      <Icon size={14} role="img" aria-label={title} />
    </span>
  )
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
