import type { Provenance } from '@contract/assets'
import { formatNumber } from '../../lib/format'
import { formatLocale, useWords } from '../../lib/words'
import { classNames } from '../../ui/class-names'
import { libraryWords } from './words'

/** By whom, with which words, and what an edit of a region left alone. */
export function HowMade({
  made,
  prompt,
}: {
  readonly made: Provenance
  readonly prompt: string | undefined
}) {
  const t = useWords(libraryWords)
  const locale = formatLocale()
  const { region } = made
  return (
    <li className="selectable flex flex-col gap-1 text-sm">
      <p className="wrap-anywhere">{t(`page.kinds.${made.kind}`, { model: made.model })}</p>
      {prompt === undefined || made.kind === 'image_mask' ? null : (
        <blockquote
          aria-label={t('page.prompt')}
          className="line-clamp-6 border-l-2 border-line-strong pl-2.5 wrap-anywhere text-muted"
        >
          {prompt}
        </blockquote>
      )}
      {region ? (
        <p className={classNames('text-xs', region.outside_changed === 0 ? 'text-good' : 'text-danger')}>
          {[
            t('page.proof', {
              changed: formatNumber(region.outside_changed, locale),
              all: formatNumber(region.outside_pixels, locale),
            }),
            region.feather_px > 0
              ? t('page.feather', { count: formatNumber(region.feather_px, locale) })
              : '',
          ]
            .filter(Boolean)
            .join(' ')}
        </p>
      ) : null}
      <p className="text-xs text-faint">
        {t('page.onRoute', { route: made.route_id })}
        {made.output_count > 1
          ? ` · ${t('page.nth', { index: made.output_index, count: made.output_count })}`
          : ''}
      </p>
    </li>
  )
}
