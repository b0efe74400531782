import type { CostRow } from '@contract/costs'
import { formatUsd } from '../../../lib/format'
import { formatLocale, useWords } from '../../../lib/words'
import { costsWords } from './costs-words'
import { dayWords, everyDay, niceTop } from './cost-days'

const height = 120
const step = 12

/** One bar a day: what was reported, and on top of it, paler, what was only estimated. The table has the figures. */
export function CostChart(props: {
  readonly rows: readonly CostRow[]
  readonly fromMs: number
  readonly toMs: number
}) {
  const t = useWords(costsWords)
  const locale = formatLocale()
  const days = everyDay(props.rows, props.fromMs, props.toMs)
  const top = niceTop(Math.max(...days.map((day) => day.reported_usd + day.estimated_usd)))
  const width = days.length * step
  const first = days[0]?.key
  const last = days.at(-1)?.key
  if (first === undefined || last === undefined) return null
  const up = (usd: number) => (usd / top) * height
  return (
    <figure className="flex flex-col gap-1">
      <div className="flex gap-2">
        <div className="flex flex-1 flex-col">
          <svg
            role="img"
            aria-label={t('chart', { from: dayWords(first, locale), to: dayWords(last, locale) })}
            viewBox={`0 0 ${width} ${height}`}
            preserveAspectRatio="none"
            className="h-30 w-full border-b border-line-strong"
          >
            <line
              x1={0}
              x2={width}
              y1={0.5}
              y2={0.5}
              className="stroke-line"
              vectorEffect="non-scaling-stroke"
            />
            <line
              x1={0}
              x2={width}
              y1={height / 2}
              y2={height / 2}
              className="stroke-line"
              vectorEffect="non-scaling-stroke"
            />
            {days.map((day, at) => {
              const reported = up(day.reported_usd)
              const estimated = up(day.estimated_usd)
              const words = t('bar', {
                day: dayWords(day.key, locale),
                usd: formatUsd(day.reported_usd + day.estimated_usd, locale),
              })
              return (
                <g key={day.key} className="group">
                  <title>{words}</title>
                  <rect
                    x={at * step}
                    y={0}
                    width={step}
                    height={height}
                    className="fill-transparent group-hover:fill-hover"
                  />
                  <rect
                    x={at * step + 2}
                    y={height - reported}
                    width={step - 4}
                    height={reported}
                    className="fill-accent"
                  />
                  <rect
                    x={at * step + 2}
                    y={height - reported - estimated}
                    width={step - 4}
                    height={estimated}
                    className="fill-accent/40"
                  />
                </g>
              )
            })}
          </svg>
        </div>
        <div aria-hidden="true" className="relative w-14 shrink-0 text-2xs text-faint tabular-nums">
          <span className="absolute top-0 -translate-y-1/2">{formatUsd(top, locale)}</span>
          <span className="absolute top-1/2 -translate-y-1/2">{formatUsd(top / 2, locale)}</span>
        </div>
      </div>
      <figcaption aria-hidden="true" className="flex justify-between pr-16 text-2xs text-faint">
        <span>{dayWords(first, locale)}</span>
        <span>{dayWords(last, locale)}</span>
      </figcaption>
    </figure>
  )
}
