import type { SlotId } from '@contract/ids'
import { ExternalLink, FlaskConical, KeyRound, LogIn } from 'lucide-react'
import { type FormEvent, useEffect, useMemo, useRef } from 'react'
import { useStore } from 'zustand'
import type { RendererClient } from '../../client/client'
import { isKeychainFault } from '../../client/keys'
import { faultCatalogue, faultWords } from '../../lib/fault-words'
import { useWords } from '../../lib/words'
import { Brand } from '../../ui/brand'
import { Button } from '../../ui/button'
import { Callout } from '../../ui/callout'
import { Spinner } from '../../ui/spinner'
import { TextField } from '../../ui/text-field'
import { createConnectStore, type ConnectStore } from './connect-store'
import { KeychainNotice } from './keychain-notice'
import { firstRunWords } from './words'

export interface FirstRunProps {
  readonly client: RendererClient
  /** The route that can't work yet, and the slot it looks in. */
  readonly routeId: string
  readonly slotId: SlotId
}

/** The way to a first answer: sign in, paste a key, or look around without one. */
export function FirstRun({ client, routeId, slotId }: FirstRunProps) {
  const t = useWords(firstRunWords)
  const store = useMemo(() => createConnectStore(client, slotId), [client, slotId])
  const doing = useStore(store, (state) => state.doing)
  const environmentKey = useStore(store, (state) => state.secrets?.environment_key === true)
  useEffect(() => {
    void store.look()
    return client.listen((event) => {
      if (event.type === 'secrets.changed') store.setState({ secrets: event.secrets })
    })
  }, [client, store])

  return (
    <main className="h-full overflow-y-auto bg-surface">
      <div className="mx-auto flex min-h-full w-full max-w-118 flex-col justify-center px-5 py-6">
        <Brand className="mb-4 size-11" />
        <h1 className="text-2xl font-semibold tracking-tight">{t('title')}</h1>
        <p className="mt-2 text-base text-muted">{t('lead')}</p>
        <div className="mt-5 rounded-lg bg-raised p-5 shadow-md">
          <KeychainNotice store={store} />
          <SignInPart client={client} store={store} />
          <div className="my-4 flex items-center gap-3 text-xs text-faint">
            <span className="h-px grow bg-line" />
            {t('or')}
            <span className="h-px grow bg-line" />
          </div>
          {environmentKey ? (
            <div className="mb-4">
              <Button
                className="w-full"
                busy={doing === 'importing'}
                disabled={doing !== 'nothing'}
                icon={<KeyRound size={15} aria-hidden="true" />}
                onClick={() => void store.importKey()}
              >
                {t('import')}
              </Button>
              <p className="mt-1.5 text-xs text-faint">{t('importHint')}</p>
            </div>
          ) : null}
          <KeyForm client={client} store={store} />
        </div>
        <div className="mt-5 flex items-center gap-3">
          <Button
            busy={doing === 'opening_demo'}
            disabled={doing !== 'nothing'}
            icon={<FlaskConical size={15} aria-hidden="true" />}
            onClick={() => void store.exploreDemo()}
          >
            {t('demo')}
          </Button>
          <p className="text-xs text-faint">{t('demoHint')}</p>
        </div>
        <p className="selectable mt-5 text-xs text-faint">{t('needs', { route: routeId, slot: slotId })}</p>
      </div>
    </main>
  )
}

function SignInPart({ client, store }: { readonly client: RendererClient; readonly store: ConnectStore }) {
  const t = useWords(firstRunWords)
  const doing = useStore(store, (state) => state.doing)
  const url = useStore(store, (state) => state.signIn?.url)
  if (doing !== 'signing_in') {
    return (
      <>
        <Button
          variant="primary"
          size="large"
          className="w-full"
          disabled={doing !== 'nothing'}
          icon={<LogIn size={16} aria-hidden="true" />}
          onClick={() => void store.signIn()}
        >
          {t('signIn')}
        </Button>
        <p className="mt-2 text-center text-xs text-faint">{t('signInHint')}</p>
      </>
    )
  }
  return (
    <div role="status" className="rounded-md bg-accent-soft p-3">
      <p className="flex items-center gap-2 font-medium">
        <Spinner className="text-accent-ink" />
        {t('waiting')}
      </p>
      <p className="mt-1 text-xs text-muted">{t('waitingHint')}</p>
      <div className="mt-2.5 flex gap-2">
        <Button size="small" autoFocus onClick={() => store.cancelSignIn()}>
          {t('cancel')}
        </Button>
        {url === undefined ? null : (
          <Button
            size="small"
            variant="ghost"
            icon={<ExternalLink size={13} aria-hidden="true" />}
            onClick={() => void client.ask['app.openExternal']({ url })}
          >
            {t('openAgain')}
          </Button>
        )}
      </div>
    </div>
  )
}

function KeyForm({ client, store }: { readonly client: RendererClient; readonly store: ConnectStore }) {
  const t = useWords(firstRunWords)
  const tFault = useWords(faultCatalogue)
  // The key lives in the field and nowhere in React.
  const field = useRef<HTMLInputElement>(null)
  const { doing, fault } = useStore(store)
  const words = fault && !isKeychainFault(fault) ? faultWords(fault, tFault) : null
  const isRejected = fault?.code === 'secret_rejected' || fault?.code === 'secret_source_invalid'

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    const input = field.current
    const value = input?.value.trim() ?? ''
    if (!input || value === '') return input?.focus()
    if (await store.save(value)) input.value = ''
    else input.focus()
  }
  return (
    <form onSubmit={(event) => void submit(event)}>
      {words && !isRejected ? (
        <Callout tone="danger" role="alert" title={words.title} className="mb-4">
          {words.body}
        </Callout>
      ) : null}
      <TextField
        label={t('key')}
        type="password"
        inputRef={field}
        placeholder="sk-or-v1-…"
        mono
        hint={t('keyHint')}
        problem={words && isRejected ? `${words.title}. ${words.body}` : undefined}
      />
      <div className="mt-3 flex items-center gap-2">
        <Button type="submit" busy={doing === 'saving'} disabled={doing !== 'nothing'}>
          {t('save')}
        </Button>
        <span role="status" className="grow text-xs text-muted">
          {doing === 'saving' ? t('saving') : ''}
        </span>
        <Button
          variant="ghost"
          icon={<ExternalLink size={13} aria-hidden="true" />}
          onClick={() => void client.ask['app.openExternal']({ url: 'https://openrouter.ai/settings/keys' })}
        >
          {t('getKey')}
        </Button>
      </div>
    </form>
  )
}
