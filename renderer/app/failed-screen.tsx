import type { Fault } from '@contract/fault'
import { useState } from 'react'
import { faultCatalogue, faultWords } from '../lib/fault-words'
import { useWords } from '../lib/words'
import { Brand } from '../ui/brand'
import { Button } from '../ui/button'
import { useApp } from './app-context'
import { enter } from './boot'
import { appWords } from './words'

/** The daemon could not start: what happened, what is safe, what to do. */
export function FailedScreen({ fault }: { readonly fault: Fault }) {
  const app = useApp()
  const t = useWords(appWords)
  const words = faultWords(fault, useWords(faultCatalogue))
  const [isBusy, setBusy] = useState(false)
  const retry = async (): Promise<void> => {
    setBusy(true)
    const answer = await app.client.ask['daemon.reload']({})
    setBusy(false)
    void enter(app, answer.ok ? answer.value : { phase: 'failed', fault: answer.fault })
  }
  return (
    <main className="flex h-full flex-col items-center justify-center bg-surface p-6 text-center">
      <Brand className="mb-5 size-11" />
      <h1 className="text-xl font-semibold">{words.title}</h1>
      <p className="selectable mt-1.5 max-w-110 text-base text-muted wrap-anywhere">{words.body}</p>
      <p className="selectable mt-3 font-mono text-2xs text-faint">{fault.code}</p>
      <div className="mt-6 flex flex-wrap justify-center gap-2">
        <Button variant="primary" busy={isBusy} onClick={() => void retry()}>
          {t('failed.retry')}
        </Button>
        <Button onClick={() => void app.client.ask['app.reveal']({ what: 'state_root' })}>
          {t('failed.open')}
        </Button>
        <Button variant="ghost" onClick={() => void app.client.ask['app.quit']({})}>
          {t('failed.quit')}
        </Button>
      </div>
    </main>
  )
}
