import type { Answer, Fault } from '@contract/fault'
import type { SlotId } from '@contract/ids'
import type { KeyInfo, SecretView } from '@contract/secrets'
import type { RendererClient } from './client'

/** Where a key is kept: the OS keychain, or memory until exit, with the person's consent. */
export type Keep = 'keychain' | 'session'

/** Asks the key endpoint first; a key that it refuses is stored nowhere (contract 4.5). */
export function saveKey(
  client: RendererClient,
  slot: SlotId,
  source:
    | { readonly kind: 'inline'; readonly value: string }
    | { readonly kind: 'environment'; readonly name: string },
  keep: Keep,
): Promise<Answer<{ readonly secret: SecretView; readonly key?: KeyInfo }>> {
  return client.ask['secrets.set']({
    slot_id: slot,
    provider: 'openrouter',
    mode: 'api_key',
    source,
    keep,
    verify: true,
  })
}

export interface SignIn {
  /** Resolves once, with the fault when there was one; `cancel` resolves it too. */
  readonly ended: Promise<{ readonly fault?: Fault }>
  /** The page that was opened in the browser, in case it was closed by mistake. */
  readonly url: string
  cancel(): void
}

/** Starts the sign-in in the system browser (API reference 6.7). */
export async function signIn(client: RendererClient, slot: SlotId, keep: Keep): Promise<Answer<SignIn>> {
  // The end may overtake the answer, so everything is kept from the start.
  const early = new Map<string, { readonly fault?: Fault }>()
  let settle: ((id: string) => void) | undefined
  const unlisten = client.listen((event) => {
    if (event.type !== 'sign_in.ended') return
    early.set(event.sign_in_id, event.fault ? { fault: event.fault } : {})
    settle?.(event.sign_in_id)
  })
  const begun = await client.ask['secrets.beginSignIn']({ slot_id: slot, keep })
  if (!begun.ok) {
    unlisten()
    return begun
  }
  const { sign_in_id: id, url } = begun.value
  const ended = new Promise<{ readonly fault?: Fault }>((resolve) => {
    settle = (endedId) => {
      const end = early.get(endedId)
      if (endedId !== id || !end) return
      unlisten()
      resolve(end)
    }
    settle(id)
  })
  return {
    ok: true,
    value: { ended, url, cancel: () => void client.ask['secrets.cancelSignIn']({ sign_in_id: id }) },
  }
}

/** Faults that the person can get round by keeping the key in memory. */
export const isKeychainFault = (fault: Fault): boolean =>
  fault.code === 'secret_store_unavailable' ||
  fault.code === 'secret_store_locked' ||
  fault.code === 'secret_store_unreadable'
