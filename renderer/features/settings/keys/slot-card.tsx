import type { Fault } from '@contract/fault'
import type { KeyInfo, SecretView } from '@contract/secrets'
import { type FormEvent, useRef, useState } from 'react'
import type { RendererClient } from '../../../client/client'
import { saveKey, signIn, type Keep, type SignIn } from '../../../client/keys'
import { faultCatalogue, faultWords } from '../../../lib/fault-words'
import { formatAgo, formatUsd } from '../../../lib/format'
import { formatLocale, useWords, type Say } from '../../../lib/words'
import { AlertDialog } from '../../../ui/alert-dialog'
import { Badge } from '../../../ui/badge'
import { Button } from '../../../ui/button'
import { Callout } from '../../../ui/callout'
import { TextField } from '../../../ui/text-field'
import { toast } from '../../../ui/toast'
import { settingsWords } from '../words'

export interface SlotCardProps {
  readonly client: RendererClient
  readonly secret: SecretView
  readonly keep: Keep
}

const tones = { keychain: 'good', memory: 'warn', absent: 'danger', unreadable: 'danger' } as const
type Doing = 'nothing' | 'testing' | 'saving' | 'removing' | 'signing_in'

/** One slot: where its key is, who uses it, and what can be done with it. */
export function SlotCard({ client, secret, keep }: SlotCardProps) {
  const t = useWords(settingsWords)
  const tFault = useWords(faultCatalogue)
  const slot = secret.slot_id
  const field = useRef<HTMLInputElement>(null)
  const pending = useRef<SignIn>(null)
  const [doing, setDoing] = useState<Doing>('nothing')
  const [isReplacing, setReplacing] = useState(false)
  const [isAsking, setAsking] = useState(false)
  const [fault, setFault] = useState<Fault | null>(null)
  const [info, setInfo] = useState<KeyInfo | null>(null)
  const isHeld = secret.held === 'keychain' || secret.held === 'memory'
  const isUsed = secret.used_by.length > 0

  const begin = (next: Doing): void => {
    setDoing(next)
    setFault(null)
    setInfo(null)
  }
  const succeed = async (words: string): Promise<void> => {
    setReplacing(false)
    toast({ title: words })
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
  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    const value = field.current?.value.trim() ?? ''
    if (value === '') return field.current?.focus()
    begin('saving')
    const answer = await saveKey(client, slot, { kind: 'inline', value }, keep)
    setDoing('nothing')
    if (!answer.ok) return setFault(answer.fault)
    if (field.current) field.current.value = ''
    await succeed(t('saved'))
  }
  const startSignIn = async (): Promise<void> => {
    begin('signing_in')
    const begun = await signIn(client, slot, keep)
    pending.current = begun.ok ? begun.value : null
    const ended = begun.ok ? (await begun.value.ended).fault : begun.fault
    pending.current = null
    setDoing('nothing')
    if (!ended) await succeed(t('saved'))
    else if (ended.code !== 'sign_in_cancelled') setFault(ended)
  }
  const remove = async (): Promise<void> => {
    begin('removing')
    const answer = await client.ask['secrets.delete']({ slot_id: slot })
    setDoing('nothing')
    if (!answer.ok) setFault(answer.fault)
  }
  const words = fault ? faultWords(fault, tFault) : null

  return (
    <section aria-label={slot} className="rounded-md border border-line p-3.5">
      <div className="flex flex-wrap items-center gap-2">
        <h3 className="selectable font-mono text-xs font-medium">{slot}</h3>
        <Badge tone={tones[secret.held]}>{t(`held.${secret.held}`)}</Badge>
      </div>
      <p className="mt-1 text-xs text-muted">
        {isUsed ? t('usedBy', { routes: secret.used_by.join(', ') }) : t('unused')}
        {isHeld
          ? ` · ${t('changed', { ago: formatAgo(secret.updated_at_ms, Date.now(), formatLocale()) })}`
          : null}
      </p>
      <div className="mt-3 flex flex-wrap gap-2">
        {isReplacing || doing === 'signing_in' ? null : (
          <>
            <Button size="small" disabled={doing !== 'nothing'} onClick={() => setReplacing(true)}>
              {isHeld ? t('replace') : t('add')}
            </Button>
            {isHeld ? (
              <Button
                size="small"
                busy={doing === 'testing'}
                disabled={doing !== 'nothing'}
                onClick={() => void test()}
              >
                {t('test')}
              </Button>
            ) : null}
            <Button size="small" disabled={doing !== 'nothing'} onClick={() => void startSignIn()}>
              {t('signIn')}
            </Button>
            {isHeld ? (
              <Button
                size="small"
                variant="ghost"
                className="text-danger"
                disabled={doing !== 'nothing' || isUsed}
                onClick={() => setAsking(true)}
              >
                {t('remove')}
              </Button>
            ) : null}
          </>
        )}
        {doing === 'signing_in' ? (
          <>
            <span role="status" className="self-center text-xs text-muted">
              {t('waiting')}
            </span>
            <Button size="small" onClick={() => pending.current?.cancel()}>
              {t('cancel')}
            </Button>
          </>
        ) : null}
      </div>
      {isHeld && isUsed && !isReplacing ? <p className="mt-2 text-xs text-faint">{t('inUse')}</p> : null}
      {isReplacing ? (
        <form onSubmit={(event) => void save(event)} className="mt-1 flex flex-wrap items-end gap-2">
          <TextField
            label={t('keyFor', { slot })}
            type="password"
            inputRef={field}
            placeholder="sk-or-v1-…"
            mono
            autoFocus
            className="min-w-52 grow"
          />
          <Button type="submit" variant="primary" className="h-9" busy={doing === 'saving'}>
            {t('save')}
          </Button>
          <Button className="h-9" onClick={() => setReplacing(false)}>
            {t('cancel')}
          </Button>
        </form>
      ) : null}
      <div role="status">
        {info ? <p className="mt-2.5 text-xs text-good">{infoWords(info, t)}</p> : null}
        {doing === 'testing' ? <p className="mt-2.5 text-xs text-muted">{t('testing')}</p> : null}
      </div>
      {words ? (
        <Callout tone="danger" role="alert" title={words.title} className="mt-3">
          {words.body}
        </Callout>
      ) : null}
      <AlertDialog
        open={isAsking}
        onOpenChange={setAsking}
        title={t('removeTitle')}
        body={t('removeBody')}
        cancel={t('cancel')}
        confirm={t('remove')}
        danger
        onConfirm={() => void remove()}
      />
    </section>
  )
}

function infoWords(info: KeyInfo, t: Say<typeof settingsWords.words>): string {
  const usd = (value: number): string => formatUsd(value, formatLocale())
  const parts = [
    info.label === '' ? t('works') : `${t('works')} (${info.label})`,
    info.usage_usd === null ? null : t('usage', { usd: usd(info.usage_usd) }),
    info.limit_usd === null
      ? t('unlimited')
      : t('left', { usd: usd(info.limit_remaining_usd ?? 0), limit: usd(info.limit_usd) }),
    info.is_free_tier === true ? t('freeTier') : null,
  ]
  return parts.filter((part) => part !== null).join(' · ')
}
