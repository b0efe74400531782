import type { Spending } from '@contract/costs'
import type { Fault } from '@contract/fault'
import { useEffect, useRef, useState } from 'react'
import type { RendererClient } from '../../../client/client'
import { faultCatalogue, faultWords } from '../../../lib/fault-words'
import { formatMoment, formatUsd } from '../../../lib/format'
import { formatLocale, useWords } from '../../../lib/words'
import { Button } from '../../../ui/button'
import { classNames } from '../../../ui/class-names'
import { Segmented } from '../../../ui/segmented'
import { TextField } from '../../../ui/text-field'
import { parseAmount } from './amount'
import { costsWords } from './costs-words'

const periods = ['day', 'month'] as const

/** How much of the limit is gone, and the limit itself. */
export function SpendingLimitCard({ client }: { readonly client: RendererClient }) {
  const t = useWords(costsWords)
  const sayFault = useWords(faultCatalogue)
  const [spending, setSpending] = useState<Spending | null>(null)
  const [isEditing, setEditing] = useState(false)
  const [fault, setFault] = useState<Fault | null>(null)
  useEffect(() => {
    const look = () =>
      void client.ask['costs.spending']({}).then((answer) => {
        if (answer.ok) setSpending(answer.value)
      })
    look()
    return client.listen((event) => {
      if (event.type === 'spending.changed') setSpending(event.spending)
      if (event.type === 'run.ended') look()
    })
  }, [client])
  const put = async (limit: Spending['limit']) => {
    const answer = await client.ask['costs.setLimit']({ limit })
    setFault(answer.ok ? null : answer.fault)
    if (!answer.ok) return
    setSpending(answer.value)
    setEditing(false)
  }
  return (
    <section
      aria-label={t('limit')}
      className="flex min-h-24 flex-col gap-2 rounded-md border border-line bg-surface p-3"
    >
      <div className="flex flex-wrap items-start justify-between gap-2">
        <div className="min-w-0">
          <h3 className="text-sm font-medium">{t('limit')}</h3>
          <p className="text-xs text-faint">{t('limitHint')}</p>
        </div>
        {isEditing || !spending ? null : (
          <Button size="small" onClick={() => setEditing(true)}>
            {spending.limit ? t('change') : t('set')}
          </Button>
        )}
      </div>
      {isEditing ? (
        <LimitForm limit={spending?.limit ?? null} onSet={put} onCancel={() => setEditing(false)} />
      ) : spending ? (
        <State spending={spending} />
      ) : null}
      {fault ? (
        <p role="alert" className="text-xs text-danger">
          {faultWords(fault, sayFault).title}
        </p>
      ) : null}
    </section>
  )
}

function State({ spending }: { readonly spending: Spending }) {
  const t = useWords(costsWords)
  const locale = formatLocale()
  const { limit, spent_usd } = spending
  if (!limit) return <p className="text-sm text-muted">{t('limitOff')}</p>
  const share = Math.min(1, spent_usd / limit.usd)
  const isReached = spent_usd >= limit.usd
  const words = t(`spent.${limit.period}`, {
    spent: formatUsd(spent_usd, locale),
    limit: formatUsd(limit.usd, locale),
  })
  return (
    <div className="flex flex-col gap-1.5">
      <div className="flex flex-wrap justify-between gap-x-4 text-sm tabular-nums">
        <span>{words}</span>
        <span className="text-xs text-faint">
          {t('resets', { when: formatMoment(spending.resets_at_ms, locale) })}
        </span>
      </div>
      <svg
        role="img"
        aria-label={words}
        viewBox="0 0 100 6"
        preserveAspectRatio="none"
        className="h-1.5 w-full rounded-full bg-line"
      >
        <rect
          width={share * 100}
          height={6}
          className={classNames(isReached ? 'fill-danger' : share > 0.8 ? 'fill-warn' : 'fill-accent')}
        />
      </svg>
      {isReached ? (
        <p role="status" className="text-xs text-danger">
          {t('reached')}
        </p>
      ) : null}
    </div>
  )
}

function LimitForm(props: {
  readonly limit: Spending['limit']
  readonly onSet: (limit: Spending['limit']) => Promise<void>
  readonly onCancel: () => void
}) {
  const t = useWords(costsWords)
  const locale = formatLocale()
  const field = useRef<HTMLInputElement>(null)
  const [text, setText] = useState(() => props.limit?.usd.toLocaleString(locale) ?? '')
  const [period, setPeriod] = useState(props.limit?.period ?? 'month')
  const [isBad, setBad] = useState(false)
  useEffect(() => field.current?.focus(), [])
  const set = () => {
    const usd = parseAmount(text, locale)
    if (usd === undefined) return setBad(true)
    void props.onSet({ usd, period })
  }
  return (
    <form
      className="flex flex-wrap items-end gap-2"
      onSubmit={(event) => {
        event.preventDefault()
        set()
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        props.onCancel()
      }}
    >
      <TextField
        label={t('amount')}
        inputRef={field}
        inputMode="decimal"
        value={text}
        problem={isBad ? t('badAmount') : undefined}
        className="w-48"
        onChange={(event) => {
          setText(event.target.value)
          setBad(false)
        }}
      />
      <Segmented
        name={t('period')}
        value={period}
        onChange={setPeriod}
        choices={periods.map((value) => ({ value, words: t(`periods.${value}`) }))}
      />
      <div className="flex gap-2">
        <Button type="submit" variant="primary">
          {t('set')}
        </Button>
        <Button onClick={props.onCancel}>{t('cancel')}</Button>
        {props.limit ? (
          <Button variant="ghost" onClick={() => void props.onSet(null)}>
            {t('removeLimit')}
          </Button>
        ) : null}
      </div>
    </form>
  )
}
