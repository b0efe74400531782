import type { Answer, Fault } from '@contract/fault'
import type { KeyInfo, SecretView } from '@contract/secrets'
import { useRef, useState } from 'react'
import type { RendererClient } from '../../../client/client'
import { saveKey, signIn, type Keep, type SignIn } from '../../../client/keys'
import { faultCatalogue, faultWords } from '../../../lib/fault-words'
import { formatAgo, formatMoment } from '../../../lib/format'
import { formatLocale, useWords } from '../../../lib/words'
import { AlertDialog } from '../../../ui/alert-dialog'
import { Badge } from '../../../ui/badge'
import { Button } from '../../../ui/button'
import { Callout } from '../../../ui/callout'
import { FaultWays } from '../../../ui/fault-ways'
import { toast } from '../../../ui/toast'
import { useSettings } from '../settings-context'
import { settingsWords } from '../words'
import { KeyFacts } from './key-facts'
import { KeyForm } from './key-form'

export interface SlotCardProps {
  readonly client: RendererClient
  readonly secret: SecretView
  readonly keep: Keep
}

const tones = { keychain: 'good', memory: 'warn', absent: 'danger', unreadable: 'danger' } as const
type Doing = 'nothing' | 'testing' | 'removing' | 'signing_in'

/** One slot: where its key is, who uses it, and what can be done with it. */
export function SlotCard({ client, secret, keep }: SlotCardProps) {
  const t = useWords(settingsWords)
  const tFault = useWords(faultCatalogue)
  const { openTab } = useSettings()
  const slot = secret.slot_id
  const pending = useRef<SignIn>(null)
  const [doing, setDoing] = useState<Doing>('nothing')
  const [isReplacing, setReplacing] = useState(false)
  const [isAsking, setAsking] = useState(false)
  const [fault, setFault] = useState<Fault | null>(null)
  const [info, setInfo] = useState<KeyInfo | null>(null)
  const isHeld = secret.held === 'keychain' || secret.held === 'memory'
  const isUsed = secret.used_by.length > 0
  const isBusy = doing !== 'nothing'

  const begin = (next: Doing): void => {
    setDoing(next)
    setFault(null)
    setInfo(null)
  }
  const succeed = async (): Promise<void> => {
    setReplacing(false)
    setInfo(null)
    toast({ title: t('saved') })
    // Routes that lacked this key become usable.
    if (!isHeld) await client.ask['daemon.reload']({})
  }
  const test = async (): Promise<void> => {
    begin('testing')
    const answer = await client.ask['secrets.test']({ slot_id: slot })
    setDoing('nothing')
    if (answer.ok) setInfo(answer.value)
    else setFault(answer.fault)
  }
  const save = async (value: string): Promise<Answer<unknown>> => {
    const answer = await saveKey(client, slot, { kind: 'inline', value }, keep)
    if (answer.ok) await succeed()
    return answer
  }
  const startSignIn = async (): Promise<void> => {
    begin('signing_in')
    const begun = await signIn(client, slot, keep)
    pending.current = begun.ok ? begun.value : null
    const ended = begun.ok ? (await begun.value.ended).fault : begun.fault
    pending.current = null
    setDoing('nothing')
    if (!ended) await succeed()
    else if (ended.code !== 'sign_in_cancelled') setFault(ended)
  }
  const remove = async (): Promise<void> => {
    begin('removing')
    const answer = await client.ask['secrets.delete']({ slot_id: slot })
    setDoing('nothing')
    if (!answer.ok) setFault(answer.fault)
  }
  const words = fault ? faultWords(fault, tFault) : null
  const locale = formatLocale()

  return (
    <section aria-label={slot} className="rounded-md border border-line p-3.5">
      <div className="flex flex-wrap items-center gap-2">
        <h3 className="selectable min-w-0 font-mono text-xs font-medium wrap-anywhere">{slot}</h3>
        <Badge tone={tones[secret.held]}>{t(`held.${secret.held}`)}</Badge>
      </div>
      <p className="mt-1 text-xs text-muted wrap-anywhere">
        {isUsed ? t('usedBy', { routes: secret.used_by.join(', ') }) : t('unused')}
        {isHeld
          ? ` · ${t('stored', {
              when: formatMoment(secret.updated_at_ms, locale),
              ago: formatAgo(secret.updated_at_ms, Date.now(), locale),
            })}`
          : null}
      </p>
      {isReplacing ? (
        <div className="mt-3">
          <KeyForm label={t('keyFor', { slot })} onCancel={() => setReplacing(false)} onKey={save} />
        </div>
      ) : doing === 'signing_in' ? (
        <div className="mt-3 flex flex-wrap gap-2">
          <span role="status" className="self-center text-xs text-muted">
            {t('waiting')}
          </span>
          <Button size="small" autoFocus onClick={() => pending.current?.cancel()}>
            {t('cancel')}
          </Button>
        </div>
      ) : (
        <div className="mt-3 flex flex-wrap gap-2">
          {isHeld ? (
            <Button size="small" busy={doing === 'testing'} disabled={isBusy} onClick={() => void test()}>
              {t('test')}
            </Button>
          ) : null}
          <Button size="small" disabled={isBusy} onClick={() => setReplacing(true)}>
            {isHeld ? t('replace') : t('add')}
          </Button>
          <Button size="small" disabled={isBusy} onClick={() => void startSignIn()}>
            {t('signIn')}
          </Button>
          {isHeld && !isUsed ? (
            <Button
              size="small"
              variant="ghost"
              className="text-danger"
              busy={doing === 'removing'}
              disabled={isBusy}
              onClick={() => setAsking(true)}
            >
              {t('remove')}
            </Button>
          ) : null}
        </div>
      )}
      {isHeld && isUsed && !isReplacing ? (
        <p className="mt-2.5 flex flex-wrap items-center gap-x-2 gap-y-1.5 text-xs text-faint">
          <span className="wrap-anywhere">
            {t('inUse', { count: secret.used_by.length, routes: secret.used_by.join(', ') })}
          </span>
          <Button size="small" variant="ghost" onClick={() => openTab('routes')}>
            {t('openRoutes')}
          </Button>
        </p>
      ) : null}
      <div role="status">
        {info ? <KeyFacts info={info} /> : null}
        {doing === 'testing' ? <p className="mt-2.5 text-xs text-muted">{t('testing')}</p> : null}
      </div>
      {words ? (
        <Callout
          tone="danger"
          role="alert"
          title={words.title}
          className="mt-3"
          actions={<FaultWays offers={words.offers} except="open-keys" />}
        >
          {words.body}
        </Callout>
      ) : null}
      <AlertDialog
        open={isAsking}
        onOpenChange={setAsking}
        title={t('removeTitle', { slot })}
        body={t('removeBody')}
        cancel={t('cancel')}
        confirm={t('remove')}
        danger
        onConfirm={() => void remove()}
      />
    </section>
  )
}
