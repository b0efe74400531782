import type { SecretsList } from '@contract/secrets'
import { KeyRound } from 'lucide-react'
import { useCallback, useEffect, useState } from 'react'
import type { RendererClient } from '../../client/client'
import type { Keep } from '../../client/keys'
import { useWords } from '../../lib/words'
import { Button } from '../../ui/button'
import { Callout } from '../../ui/callout'
import { EmptyState } from '../../ui/empty-state'
import { Switch } from '../../ui/switch'
import { SlotCard } from './slot-card'
import { settingsWords } from './words'

/** The keychain's state in plain words, and every slot. A key is never shown again. */
export function KeysPage({ client }: { readonly client: RendererClient }) {
  const t = useWords(settingsWords)
  const [secrets, setSecrets] = useState<SecretsList | null>(null)
  const [wantsMemory, setWantsMemory] = useState(false)
  const look = useCallback((): void => {
    void client.ask['secrets.list']({}).then((answer) => {
      if (answer.ok) setSecrets(answer.value)
    })
  }, [client])
  useEffect(() => {
    look()
    return client.listen((event) => {
      if (event.type === 'secrets.changed') setSecrets(event.secrets)
    })
  }, [client, look])
  if (!secrets) return null

  const isTrouble = secrets.keychain === 'missing' || secrets.keychain === 'locked'
  const keep: Keep = isTrouble && wantsMemory ? 'session' : 'keychain'
  return (
    <div className="flex flex-col gap-4">
      <Callout
        tone={secrets.keychain === 'secured' ? 'info' : 'warn'}
        role="status"
        actions={
          isTrouble ? (
            <Button size="small" onClick={look}>
              {t('again')}
            </Button>
          ) : undefined
        }
      >
        {t(`keychain.${secrets.keychain}`)} {isTrouble ? secrets.action : null}
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
    </div>
  )
}
