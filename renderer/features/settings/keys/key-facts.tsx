import type { KeyInfo } from '@contract/secrets'
import { CircleCheck } from 'lucide-react'
import { formatUsd } from '../../../lib/format'
import { formatLocale, useWords } from '../../../lib/words'
import { settingsWords } from '../words'

/** What OpenRouter said of a key that was tested. */
export function KeyFacts({ info }: { readonly info: KeyInfo }) {
  const t = useWords(settingsWords)
  const usd = (value: number): string => formatUsd(value, formatLocale())
  const left =
    info.limit_usd === null
      ? t('unlimited')
      : t('left', { usd: usd(info.limit_remaining_usd ?? 0), limit: usd(info.limit_usd) })
  const facts = [
    [t('facts.label'), info.label],
    [t('facts.usage'), info.usage_usd === null ? '' : usd(info.usage_usd)],
    [t('facts.limit'), left],
    [t('facts.tier'), info.is_free_tier === true ? t('freeTier') : ''],
  ].filter(([, value]) => value !== '')
  return (
    <div className="mt-3 rounded-sm bg-good-soft p-3">
      <p className="flex items-center gap-1.5 text-sm font-medium text-good">
        <CircleCheck size={14} aria-hidden="true" /> {t('works')}
      </p>
      <dl className="selectable mt-1.5 grid grid-cols-[auto_1fr] gap-x-4 gap-y-0.5 text-xs">
        {facts.map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-muted">{name}</dt>
            <dd className="tabular-nums wrap-anywhere">{value}</dd>
          </div>
        ))}
      </dl>
    </div>
  )
}
