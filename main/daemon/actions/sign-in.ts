import type { InputOf } from '@contract/define'
import type { Fault } from '@contract/fault'
import { fault } from '@contract/fault'
import type { secretCalls } from '@contract/secrets'
import { Failure } from '../core/failure'
import { placeOf } from './ask-for-key'
import type { listSecrets } from './list-secrets'
import type { World } from './world'

type SecretCalls = typeof secretCalls
type Ports = Pick<
  World,
  | 'browser'
  | 'driver'
  | 'hash'
  | 'ids'
  | 'clock'
  | 'keyring'
  | 'routing'
  | 'phase'
  | 'publish'
  | 'learn'
  | 'log'
> & { readonly secrets: ReturnType<typeof listSecrets> }

/** A code of the sign-in page is good for ten minutes (API reference 6.7). Milliseconds. */
const patience = 10 * 60_000

/**
 * Signing in by OAuth PKCE. The verifier lives in memory, for one attempt; the key goes straight to the keychain.
 * A new attempt ends the one before it.
 */
export function signIn(on: Ports) {
  let current: { readonly id: string; readonly stopping: AbortController } | undefined

  async function begin({ slot_id, keep }: InputOf<SecretCalls['secrets.beginSignIn']>) {
    current?.stopping.abort(cancelled())
    const attempt = { id: on.ids.next('sign_in'), stopping: new AbortController() }
    current = attempt
    const { signal } = attempt.stopping
    const undoLimit = on.clock.after(patience, () =>
      attempt.stopping.abort(failed('Nobody came back from the browser.')),
    )
    try {
      const { prefix } = placeOf(on.routing, slot_id)
      const verifier = on.ids.token(48)
      const { url: callback, visit } = await on.browser.awaitCallback(signal)
      const url = on.driver.signInUrl(prefix, callback, on.hash(verifier, 'base64url'))
      void finish(visit, { slot_id, keep, prefix, verifier })
      await on.browser.open(url)
      return { sign_in_id: attempt.id, url }
    } catch (error) {
      undoLimit()
      attempt.stopping.abort(error)
      if (error instanceof Failure) throw error
      throw failed('The browser could not be opened.', error)
    }

    async function finish(
      visit: Promise<URLSearchParams>,
      {
        prefix,
        verifier,
        ...to
      }: Parameters<typeof begin>[0] & { readonly prefix: string; readonly verifier: string },
    ): Promise<void> {
      let why: Fault | undefined
      try {
        const code = (await visit).get('code')
        if (!code) throw failed('The sign-in page sent no code.')
        const key = await on.driver.exchangeCode(prefix, code, verifier, signal)
        on.learn(key)
        const record = { provider: 'openrouter', mode: 'api_key', updated_at_ms: on.clock.now() } as const
        await on.keyring.write({ ...record, slot_id: to.slot_id }, key, to.keep)
        on.phase.recheck()
        on.secrets.publish()
      } catch (error) {
        why = faultOf(signal.aborted ? signal.reason : error)
      }
      undoLimit()
      if (current === attempt) current = undefined
      on.publish({ type: 'sign_in.ended', sign_in_id: attempt.id, ...(why ? { fault: why } : {}) })
    }
  }

  function faultOf(error: unknown): Fault {
    if (!(error instanceof Failure)) {
      on.log.surprise(error)
      return failed('Signing in did not work.').fault
    }
    const isProviders = error.fault.code === 'provider_error' || error.fault.code === 'interrupted'
    return isProviders ? failed(error.fault.detail).fault : error.fault
  }

  return {
    begin,
    /** A repeat, or an attempt that is over, changes nothing. */
    cancel: ({ sign_in_id }: InputOf<SecretCalls['secrets.cancelSignIn']>): void => {
      if (current?.id === sign_in_id) current.stopping.abort(cancelled())
    },
    /** The daemon's end. */
    stop: (): void => current?.stopping.abort(cancelled()),
  }
}

const cancelled = () => new Failure(fault('sign_in_cancelled', 'Signing in was cancelled.'))
const failed = (what: string, cause?: unknown) =>
  new Failure(fault('sign_in_failed', `${what} Nothing was stored; try again, or paste a key.`), { cause })
