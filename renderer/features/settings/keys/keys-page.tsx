import type { Fault } from '@contract/fault'
import type { SecretsList } from '@contract/secrets'
import { KeyRound } from 'lucide-react'
import { useCallback, useEffect, useState } from 'react'
import type { Keep } from '../../../client/keys'
import { faultCatalogue, faultWords } from '../../../lib/fault-words'
import { keychainWords } from '../../../lib/keychain-words'
import { useWords } from '../../../lib/words'
import { Button } from '../../../ui/button'
import { Callout } from '../../../ui/callout'
import { EmptyState } from '../../../ui/empty-state'
import { Spinner } from '../../../ui/spinner'
import { Switch } from '../../../ui/switch'
import { AddSlot } from './add-slot'
import { SlotCard } from './slot-card'
import { useSettings } from '../settings-context'
import { settingsWords } from '../words'

/** The keychain's state in plain words, and every slot. A key is never shown again. */
export function KeysPage() {
  const t = useWords(settingsWords)
  const sayAdvice = useWords(keychainWords)
  const { client } = useSettings()
  const [secrets, setSecrets] = useState<SecretsList | null>(null)
  const [fault, setFault] = useState<Fault | null>(null)
  const [isLooking, setLooking] = useState(true)
  const [wantsMemory, setWantsMemory] = useState(false)
  const look = useCallback((): void => {
    setLooking(true)
    void client.ask['secrets.list']({}).then((answer) => {
      setLooking(false)
      setFault(answer.ok ? null : answer.fault)
      if (answer.ok) setSecrets(answer.value)
    })
  }, [client])
  useEffect(() => {
    look()
    return client.listen((event) => {
      if (event.type === 'secrets.changed') setSecrets(event.secrets)
    })
  }, [client, look])
  if (!secrets) {
    return fault && !isLooking ? <NoAnswer fault={fault} onAgain={look} /> : <Waiting />
  }

  const isTrouble = secrets.keychain === 'missing' || secrets.keychain === 'locked'
  const keep: Keep = isTrouble && wantsMemory ? 'session' : 'keychain'
  return (
    <div className="flex flex-col gap-4">
      <Callout
        tone={secrets.keychain === 'secured' ? 'info' : 'warn'}
        role="status"
        title={t(`keychain.${secrets.keychain}`)}
        actions={
          isTrouble ? (
            <Button size="small" busy={isLooking} onClick={look}>
              {t('again')}
            </Button>
          ) : undefined
        }
      >
        {isTrouble && secrets.advice ? sayAdvice(secrets.advice) : t(`keychainBody.${secrets.keychain}`)}
        {isTrouble ? (
          <div className="mt-2 flex items-center gap-2.5">
            <Switch name={t('keepSession')} checked={wantsMemory} onChange={setWantsMemory} />
            {t('keepSession')}
          </div>
        ) : null}
      </Callout>
      {secrets.slots.length === 0 ? (
        <EmptyState icon={<KeyRound size={28} />} title={t('none')} body={t('noneBody')} />
      ) : (
        <ul className="flex flex-col gap-3">
          {secrets.slots.map((secret) => (
            <li key={secret.slot_id}>
              <SlotCard client={client} secret={secret} keep={keep} />
            </li>
          ))}
        </ul>
      )}
      <AddSlot client={client} keep={keep} taken={secrets.slots.map((secret) => secret.slot_id)} />
    </div>
  )
}

/** A keychain may take seconds to say that it is locked: the page has its shape at once, and soon says why it waits. */
function Waiting() {
  const t = useWords(settingsWords)
  return (
    <div className="flex flex-col gap-4">
      <p
        role="status"
        className="flex h-11 items-center gap-2.5 rounded-md border border-line bg-surface px-3 text-sm text-muted"
      >
        <span className="appears-late flex items-center gap-2.5">
          <Spinner /> {t('looking')}
        </span>
      </p>
      <div aria-hidden="true" className="h-26 rounded-md border border-line" />
    </div>
  )
}

function NoAnswer({ fault, onAgain }: { readonly fault: Fault; readonly onAgain: () => void }) {
  const t = useWords(settingsWords)
  const words = faultWords(fault, useWords(faultCatalogue))
  return (
    <Callout
      tone="danger"
      role="alert"
      title={words.title}
      actions={
        <Button size="small" onClick={onAgain}>
          {t('again')}
        </Button>
      }
    >
      {words.body}
    </Callout>
  )
}
