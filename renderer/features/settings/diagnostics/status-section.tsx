import type { StatusView } from '@contract/status'
import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import type { RendererClient } from '../../../client/client'
import { formatMoment } from '../../../lib/format'
import { formatLocale, useWords } from '../../../lib/words'
import { Badge } from '../../../ui/badge'
import { Button } from '../../../ui/button'
import { Callout } from '../../../ui/callout'
import { diagnosticsWords } from './diagnostics-words'
import { FaultNote } from '../fault-note'
import { Section } from '../setting'
import { useAnswer } from '../use-answer'

/** The daemon's own report: health first, then what it was made from. */
export function StatusSection({ client }: { readonly client: RendererClient }) {
  const t = useWords(diagnosticsWords)
  const { value, fault, isLooking, look } = useAnswer(
    client,
    'status.get',
    {},
    (event) => event.type === 'daemon.changed' || event.type === 'secrets.changed',
  )
  if (!value) {
    if (fault) return <FaultNote fault={fault} again={t('again')} onAgain={look} />
    return <p className="h-24 text-sm text-muted">{t('starting')}</p>
  }
  return (
    <>
      <Health status={value} isLooking={isLooking} onAgain={look} />
      <Section title={t('routes')}>
        {value.provider_readiness.routes.map((route) => (
          <Line
            key={route.route_id}
            state={route.state === 'ok' ? 'ok' : route.state}
            name={
              <>
                {route.route_id} <span className="font-mono text-xs text-faint">{route.model}</span>
              </>
            }
            aside={route.active ? <Badge>{t('standard')}</Badge> : null}
            words={[route.message, route.action].filter(Boolean).join(' ')}
          />
        ))}
      </Section>
      <Section title={t('storage')}>
        {value.storage.write_probes.map((probe) => (
          <Line
            key={probe.name}
            state={probe.ok ? 'ok' : 'error'}
            name={t(`probes.${probe.name}`)}
            words={probe.message ?? ''}
          />
        ))}
        <Line
          state={value.storage.keychain === 'secured' ? 'ok' : 'warning'}
          name={t('keychain')}
          words={t(`keychains.${value.storage.keychain}`)}
        />
        <Line state="ok" name={t('lock', { pid: String(value.storage.state_root_lock.pid) })} words="" />
      </Section>
      <Section title={t('runs')}>
        <Runs status={value} />
      </Section>
    </>
  )
}

function Health(props: {
  readonly status: StatusView
  readonly isLooking: boolean
  readonly onAgain: () => void
}) {
  const t = useWords(diagnosticsWords)
  const { health, version, started_at_ms } = props.status
  const worst = health.warnings.some(({ severity }) => severity === 'error') ? 'danger' : 'warn'
  return (
    <Callout
      tone={health.ok ? 'info' : worst}
      role="status"
      title={t(health.ok ? 'healthy' : 'unhealthy')}
      actions={
        <Button size="small" busy={props.isLooking} onClick={props.onAgain}>
          {t('again')}
        </Button>
      }
    >
      {t('version', { version, since: formatMoment(started_at_ms, formatLocale()) })}
      {health.warnings.length === 0 ? null : (
        <ul className="mt-1.5 flex flex-col gap-1">
          {health.warnings.map((warning) => (
            <li key={`${warning.code} ${warning.related_id ?? ''}`}>
              {warning.message} {warning.action}{' '}
              <span className="font-mono text-2xs text-faint">{warning.code}</span>
            </li>
          ))}
        </ul>
      )}
    </Callout>
  )
}

const looks = {
  ok: { Icon: CircleCheck, colour: 'text-good' },
  info: { Icon: Info, colour: 'text-accent-ink' },
  warning: { Icon: TriangleAlert, colour: 'text-warn' },
  error: { Icon: CircleAlert, colour: 'text-danger' },
} as const

function Line(props: {
  readonly state: keyof typeof looks
  readonly name: ReactNode
  readonly words: string
  readonly aside?: ReactNode
}) {
  const t = useWords(diagnosticsWords)
  const { Icon, colour } = looks[props.state]
  return (
    <div className="flex items-start gap-2.5 py-2">
      <Icon size={16} className={`mt-px shrink-0 ${colour}`} aria-hidden="true" />
      <div className="selectable min-w-0 grow">
        <p className="text-sm wrap-anywhere">
          {props.name}
          <span className="sr-only">: {t(props.state === 'ok' ? 'works' : 'fails')}</span>
        </p>
        {props.words === '' ? null : <p className="text-xs text-faint">{props.words}</p>}
      </div>
      {props.aside}
    </div>
  )
}

function Runs({ status }: { readonly status: StatusView }) {
  const t = useWords(diagnosticsWords)
  const { by_status, stale, stale_after_ms } = status.runs
  const minutes = Math.round(stale_after_ms / 60_000)
  return (
    <>
      <p className="py-2 text-sm">
        {t('running', { count: by_status.running })} · {t('queued', { count: by_status.queued })}
      </p>
      {stale.length === 0 ? null : (
        <Line state="warning" name={t('stale', { count: stale.length, minutes })} words="" />
      )}
    </>
  )
}
