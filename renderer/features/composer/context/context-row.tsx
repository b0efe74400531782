import type { AssetId } from '@contract/ids'
import type { ContextMedia } from '@contract/sessions'
import { ChevronRight, Images } from 'lucide-react'
import { useId, useState } from 'react'
import { formatBytes, formatNumber, formatUsd } from '../../../lib/format'
import { thumbnailUri } from '../../../lib/thumbnail-uri'
import { formatLocale, useWords } from '../../../lib/words'
import { classNames } from '../../../ui/class-names'
import { Picture } from '../../../ui/picture'
import { attachmentWords } from '../attachments/attachment-words'
import { totalOf } from './context-media-store'

/**
 * Pictures of earlier turns: which of them go with the next message, and what that adds. Opens by itself when one goes,
 * and from then on nothing but a press on its title closes it: what is pressed stays under the pointer. Keyed by the
 * message that is being written.
 */
export function ContextRow(props: {
  readonly media: readonly ContextMedia[]
  /** Those of them that travel. */
  readonly going: ReadonlySet<AssetId>
  readonly onChoose: (id: AssetId, travels: boolean) => void
}) {
  const t = useWords(attachmentWords)
  const id = useId()
  const locale = formatLocale()
  const going = props.media.filter(({ asset }) => props.going.has(asset.asset_id))
  /** Undefined until a picture goes along or somebody presses. */
  const [isShown, setShown] = useState<boolean>()
  if (isShown === undefined && going.length > 0) setShown(true)
  const isOpen = isShown ?? false
  if (props.media.length === 0) return null
  const { bytes, usd } = totalOf(going)
  const title = t(going.length > 0 ? 'context.title' : 'context.none')
  const counts = { count: formatNumber(going.length, locale), all: formatNumber(props.media.length, locale) }
  return (
    <div className="mb-2 text-xs">
      {/* For ears: what is typed may change it. */}
      <p role="status" className="sr-only">
        {going.length > 0 ? t('context.told', counts) : title}
      </p>
      <button
        type="button"
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setShown(!isOpen)}
        className="flex h-7 max-w-full items-center gap-2 rounded-sm px-2 text-muted hover:bg-hover hover:text-ink"
      >
        <Images size={14} aria-hidden="true" className="shrink-0" />
        <span className="truncate">{title}</span>
        {going.length > 0 ? (
          <span className="shrink-0 text-faint tabular-nums">
            {t('context.total', { ...counts, size: formatBytes(bytes, locale) })}
            {usd === undefined ? '' : ` · ${t('context.about', { cost: formatUsd(usd, locale) })}`}
          </span>
        ) : null}
        <ChevronRight
          size={13}
          aria-hidden="true"
          className={classNames('shrink-0 transition-transform', isOpen && 'rotate-90')}
        />
      </button>
      <div id={id} hidden={!isOpen}>
        <div
          role="group"
          aria-label={t('context.title')}
          className="flex max-h-35 flex-wrap gap-1.5 overflow-y-auto p-1"
        >
          {props.media.map((each) => (
            <Chip
              key={each.asset.asset_id}
              media={each}
              isGoing={props.going.has(each.asset.asset_id)}
              onChoose={props.onChoose}
            />
          ))}
        </div>
        <p className="px-2 pt-0.5 text-faint">{t('context.hint')}</p>
      </div>
    </div>
  )
}

function Chip(props: {
  readonly media: ContextMedia
  readonly isGoing: boolean
  readonly onChoose: (id: AssetId, travels: boolean) => void
}) {
  const t = useWords(attachmentWords)
  const { isGoing } = props
  const { asset, wire_bytes, cost_usd } = props.media
  const locale = formatLocale()
  const facts = [
    formatBytes(wire_bytes, locale),
    cost_usd === undefined ? '' : t('context.about', { cost: formatUsd(cost_usd, locale) }),
  ].filter((fact) => fact !== '')
  return (
    <button
      type="button"
      aria-pressed={isGoing}
      onClick={() => props.onChoose(asset.asset_id, !isGoing)}
      className={classNames(
        'flex h-10 max-w-60 items-center gap-2 rounded-sm border pr-2.5 pl-1 text-left leading-tight',
        isGoing
          ? 'border-accent bg-accent-soft text-ink'
          : 'border-line border-dashed text-muted hover:border-line-strong hover:text-ink',
      )}
    >
      <span
        aria-hidden="true"
        className={classNames('size-8 shrink-0 overflow-hidden rounded-xs', !isGoing && 'opacity-60')}
      >
        <Picture src={thumbnailUri(asset.asset_id)} name="" lost="" className="size-full object-cover" />
      </span>
      <span className="min-w-0">
        <span className="block truncate">{asset.file_name}</span>
        <span className="block truncate text-2xs text-faint tabular-nums">{facts.join(' · ')}</span>
      </span>
    </button>
  )
}
