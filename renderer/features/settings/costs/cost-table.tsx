import type { CostReport, CostRow } from '@contract/costs'
import { useState } from 'react'
import { formatCompact, formatNumber, formatUsd } from '../../../lib/format'
import { formatLocale, useWords } from '../../../lib/words'
import { Button } from '../../../ui/button'
import { classNames } from '../../../ui/class-names'
import { dayWords } from './cost-days'
import { costsWords } from './costs-words'

const page = 100

/** What was paid for outside of every chat. */
const isApart = (key: string): key is 'speech' | 'transcription' =>
  key === 'speech' || key === 'transcription'

const sumOf = (row: Omit<CostRow, 'key' | 'label'>): number => row.reported_usd + row.estimated_usd

/** Every figure of a report; behind each row's cost a bar that compares it with the dearest. */
export function CostTable({ report }: { readonly report: CostReport }) {
  const t = useWords(costsWords)
  const [shown, setShown] = useState(page)
  const locale = formatLocale()
  const isDays = report.group_by === 'day'
  // The newest day first: that is what a person looks for.
  const rows = isDays ? report.rows.toReversed() : report.rows
  const top = Math.max(...rows.map(sumOf))
  const left = rows.length - shown
  const labelOf = ({ key, label }: CostRow): string => {
    if (isDays) return dayWords(key, locale)
    if (report.group_by === 'session' && isApart(key)) return t(`apart.${key}`)
    return label === '' ? t('untitled') : label
  }
  return (
    <div className="flex flex-col items-start gap-2">
      <table className="w-full table-fixed border-collapse text-sm tabular-nums">
        <thead>
          <tr className="border-b border-line text-left text-xs text-faint">
            <th scope="col" className="py-1.5 font-medium">
              {t(`headings.${report.group_by}`)}
            </th>
            <th scope="col" className="w-20 py-1.5 text-right font-medium">
              {t('answers')}
            </th>
            <th scope="col" className="w-32 py-1.5 text-right font-medium max-sm:hidden">
              {t('tokens')}
            </th>
            <th scope="col" className="w-36 py-1.5 text-right font-medium max-sm:w-28">
              {t('cost')}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, shown).map((row) => (
            <tr key={row.key} className="border-b border-line">
              <th
                scope="row"
                title={labelOf(row)}
                className={classNames(
                  'truncate py-1.5 pr-2 text-left font-normal',
                  (report.group_by === 'model' || report.group_by === 'route') && 'font-mono text-xs',
                )}
              >
                {labelOf(row)}
              </th>
              <td className="py-1.5 text-right">{formatNumber(row.runs, locale)}</td>
              <td className="py-1.5 text-right text-muted max-sm:hidden">{tokensOf(row, locale)}</td>
              <td className="py-1.5 text-right">
                <Cost row={row} top={top} />
              </td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr className="font-medium">
            <th scope="row" className="py-2 text-left font-medium">
              {t('total')}
            </th>
            <td className="py-2 text-right">{formatNumber(report.total.runs, locale)}</td>
            <td className="py-2 text-right text-muted max-sm:hidden">{tokensOf(report.total, locale)}</td>
            <td className="py-2 text-right">
              <Cost row={report.total} />
            </td>
          </tr>
        </tfoot>
      </table>
      {left > 0 ? (
        <Button variant="ghost" size="small" onClick={() => setShown(shown + page)}>
          {t('more', { count: Math.min(left, page) })}
        </Button>
      ) : null}
    </div>
  )
}

const tokensOf = (row: Omit<CostRow, 'key' | 'label'>, locale: string): string =>
  `${formatCompact(row.prompt_tokens, locale)} / ${formatCompact(row.completion_tokens, locale)}`

function Cost({ row, top }: { readonly row: Omit<CostRow, 'key' | 'label'>; readonly top?: number }) {
  const t = useWords(costsWords)
  const sum = sumOf(row)
  const isEstimate = row.estimated_usd > 0
  return (
    <span className="relative flex items-center justify-end gap-2">
      {top === undefined || top === 0 ? null : (
        <svg
          aria-hidden="true"
          viewBox="0 0 100 4"
          preserveAspectRatio="none"
          className="h-1 w-12 shrink-0 -scale-x-100 max-sm:hidden"
        >
          <rect width={(sum / top) * 100} height={4} className="fill-accent/50" />
        </svg>
      )}
      <span title={isEstimate ? t('estimated') : undefined}>
        {isEstimate ? <span aria-hidden="true">~</span> : null}
        {formatUsd(sum, formatLocale())}
        {isEstimate ? <span className="sr-only"> ({t('estimatedShort')})</span> : null}
      </span>
    </span>
  )
}
