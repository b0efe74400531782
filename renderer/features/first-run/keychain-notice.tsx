import { useStore } from 'zustand'
import { keychainWords } from '../../lib/keychain-words'
import { useWords } from '../../lib/words'
import { Button } from '../../ui/button'
import { Callout } from '../../ui/callout'
import { Switch } from '../../ui/switch'
import type { ConnectStore } from './connect-store'
import { firstRunWords } from './words'

/** Says which it is when there is no keychain or it is locked, what to do, and offers memory instead. */
export function KeychainNotice({ store }: { readonly store: ConnectStore }) {
  const t = useWords(firstRunWords)
  const sayAdvice = useWords(keychainWords)
  const secrets = useStore(store, (state) => state.secrets)
  const keep = useStore(store, (state) => state.keep)
  if (!secrets || (secrets.keychain !== 'missing' && secrets.keychain !== 'locked')) return null
  const isMissing = secrets.keychain === 'missing'
  return (
    <Callout
      tone="warn"
      role="status"
      className="mb-5"
      title={isMissing ? t('keychainMissing') : t('keychainLocked')}
      actions={
        <Button size="small" onClick={() => void store.look()}>
          {t('again')}
        </Button>
      }
    >
      <p>{secrets.advice ? sayAdvice(secrets.advice) : isMissing ? t('missingBody') : t('lockedBody')}</p>
      <div className="mt-2.5 flex items-start gap-2.5 text-ink">
        <Switch
          name={t('keepSession')}
          checked={keep === 'session'}
          onChange={(on) => store.setKeep(on ? 'session' : 'keychain')}
        />
        <div>
          <p>{t('keepSession')}</p>
          <p className="text-xs text-muted">{t('keepSessionHint')}</p>
        </div>
      </div>
    </Callout>
  )
}
