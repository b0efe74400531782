import type { Fault } from '@contract/fault'
import { FileWarning } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { faultCatalogue, faultWords } from '../lib/fault-words'
import { useWords } from '../lib/words'
import { Button } from '../ui/button'
import { useApp } from './app-context'
import { tellFault } from '../ui/tell-fault'
import { enter } from './boot'
import { appWords } from './words'

const RepairEditor = lazy(async () => ({ default: (await import('./repair-editor')).RepairEditor }))

/** The routes file was refused: where, why, and how to go on. It can be mended right here. */
export function RepairScreen({ fault, file }: { readonly fault: Fault; readonly file: string }) {
  const app = useApp()
  const t = useWords(appWords)
  const words = faultWords(fault, useWords(faultCatalogue))
  const [isBusy, setBusy] = useState(false)
  const [tries, setTries] = useState(0)
  const line = 'line' in fault ? fault.line : undefined
  const column = 'column' in fault ? fault.column : undefined
  const routeId = 'route_id' in fault ? fault.route_id : undefined
  const reason = 'reason' in fault && fault.reason !== undefined ? fault.reason : fault.code

  const retry = async (): Promise<void> => {
    setBusy(true)
    const answer = await app.client.ask['daemon.reload']({})
    setBusy(false)
    setTries(tries + 1)
    if (answer.ok) void enter(app, answer.value)
    else tellFault(answer.fault)
  }
  const explore = async (): Promise<void> => {
    const answer = await app.client.ask['app.exploreDemo']({})
    if (!answer.ok) tellFault(answer.fault)
  }
  const rows = [
    [t('repair.file'), file],
    [
      t('repair.place'),
      line === undefined
        ? undefined
        : column === undefined
          ? t('repair.line', { line })
          : t('repair.lineColumn', { line, column }),
    ],
    [t('repair.route'), routeId],
    [t('repair.rule'), reason],
  ] as const
  return (
    <main className="h-full overflow-y-auto bg-surface">
      <div className="mx-auto flex min-h-full w-full max-w-240 flex-col justify-center px-5 py-10">
        <FileWarning size={32} aria-hidden="true" className="mb-5 text-warn" />
        <h1 className="text-2xl font-semibold tracking-tight">{t('repair.title')}</h1>
        <p className="mt-2 text-base text-muted">{t('repair.lead')}</p>
        <div className="selectable mt-6 rounded-lg bg-raised p-5 shadow-md">
          <p className="text-base font-medium">{words.title}</p>
          {words.body === '' ? null : <p className="mt-1 text-muted wrap-anywhere">{words.body}</p>}
          <dl className="mt-4 grid grid-cols-[auto_1fr] items-baseline gap-x-5 gap-y-1.5 border-t border-line pt-4">
            {rows.map(([name, value]) =>
              value === undefined ? null : (
                <div key={name} className="contents">
                  <dt className="text-faint">{name}</dt>
                  <dd className="font-mono text-xs wrap-anywhere">{value}</dd>
                </div>
              ),
            )}
          </dl>
        </div>
        <div className="mt-5 flex flex-wrap items-center gap-2">
          <Button variant="primary" busy={isBusy} onClick={() => void retry()}>
            {t('repair.retry')}
          </Button>
          <Button onClick={() => void app.client.ask['app.reveal']({ what: 'routes_file' })}>
            {t('repair.open')}
          </Button>
          <Button variant="ghost" onClick={() => void explore()}>
            {t('repair.demo')}
          </Button>
          <span role="status" className="text-xs text-muted">
            {tries > 0 && !isBusy ? t('repair.still') : ''}
          </span>
        </div>
        <Suspense fallback={null}>
          <RepairEditor fault={fault} onMended={() => void retry()} />
        </Suspense>
      </div>
    </main>
  )
}
