import type { CostReport } from '@contract/costs'
import type { AnyEvent } from '@contract/events'
import { ReceiptText } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useWords } from '../../../lib/words'
import { EmptyState } from '../../../ui/empty-state'
import { Segmented } from '../../../ui/segmented'
import { Select } from '../../../ui/select'
import { CostChart } from './cost-chart'
import { CostTable } from './cost-table'
import { costsWords } from './costs-words'
import { FaultNote } from '../fault-note'
import { SpendingLimitCard } from './spending-limit-card'
import { useAnswer } from '../use-answer'
import { useSettings } from '../settings-context'

const groups = ['day', 'session', 'model', 'route'] as const
const ranges = { d7: 7, d30: 30, d90: 90, d365: 365 } as const
type Range = keyof typeof ranges

/** Whole local days, today the last of them; without an end, so that the newest answer is always in it. */
const since = (days: number) => {
  const now = new Date()
  return { from_ms: new Date(now.getFullYear(), now.getMonth(), now.getDate() - days + 1).getTime() }
}

/** Money is spent when a run ends, and again when its price becomes known. */
const isNews = (event: AnyEvent): boolean =>
  event.type === 'run.ended' || event.type === 'message.changed' || event.type === 'spending.changed'

/** What was spent, on what, and where it stops. Days are this computer's. */
export function CostsPage() {
  const { client } = useSettings()
  const t = useWords(costsWords)
  const [group, setGroup] = useState<CostReport['group_by']>('day')
  const [range, setRange] = useState<Range>('d30')
  const input = useMemo(() => ({ group_by: group, ...since(ranges[range]) }), [group, range])
  const { value: report, fault, look } = useAnswer(client, 'costs.report', input, isNews)
  return (
    <div className="flex flex-col gap-5">
      <SpendingLimitCard client={client} />
      <div className="flex flex-wrap items-center justify-between gap-2">
        <Segmented
          name={t('by')}
          value={group}
          onChange={setGroup}
          choices={groups.map((value) => ({ value, words: t(`groups.${value}`) }))}
        />
        <Select<Range>
          name={t('range')}
          className="w-40"
          value={range}
          onChange={setRange}
          choices={(Object.keys(ranges) as Range[]).map((value) => ({ value, words: t(`ranges.${value}`) }))}
        />
      </div>
      {fault ? <FaultNote fault={fault} again={t('again')} onAgain={look} /> : null}
      {report ? <Costs report={report} /> : null}
    </div>
  )
}

function Costs({ report }: { readonly report: CostReport }) {
  const t = useWords(costsWords)
  if (report.total.runs === 0)
    return <EmptyState icon={<ReceiptText size={28} />} title={t('none')} body={t('noneBody')} />
  return (
    <>
      {report.group_by === 'day' ? (
        <CostChart rows={report.rows} fromMs={report.from_ms} toMs={report.to_ms} />
      ) : null}
      <Legend total={report.total} />
      <CostTable report={report} />
    </>
  )
}

function Legend({ total }: { readonly total: CostReport['total'] }) {
  const t = useWords(costsWords)
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1 text-xs text-muted">
      <li className="flex items-center gap-1.5">
        <span aria-hidden="true" className="size-2.5 rounded-xs bg-accent" />
        {t('reported')}
      </li>
      {total.estimated_usd > 0 ? (
        <li className="flex items-center gap-1.5">
          <span aria-hidden="true" className="size-2.5 rounded-xs bg-accent/40" />
          {t('estimated')}
        </li>
      ) : null}
      {total.unavailable_runs > 0 ? <li>{t('unavailable', { count: total.unavailable_runs })}</li> : null}
    </ul>
  )
}
