import type { Fault } from '@contract/fault'
import type { SlotId } from '@contract/ids'
import type { SecretsList } from '@contract/secrets'
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { RendererClient } from '../../client/client'
import { isKeychainFault, saveKey, signIn, type Keep, type SignIn } from '../../client/keys'

export interface ConnectState {
  readonly doing: 'nothing' | 'saving' | 'importing' | 'signing_in' | 'opening_demo'
  readonly signIn: SignIn | null
  readonly secrets: SecretsList | null
  readonly keep: Keep
  readonly fault: Fault | null
}

export interface ConnectStore extends StoreApi<ConnectState> {
  look(): Promise<void>
  setKeep(keep: Keep): void
  /** True when it was verified and kept: the field can be emptied. */
  save(value: string): Promise<boolean>
  importKey(): Promise<void>
  signIn(): Promise<void>
  cancelSignIn(): void
  exploreDemo(): Promise<void>
}

/** Ways to a working key. The key itself passes through and is held nowhere. */
export function createConnectStore(client: RendererClient, slot: SlotId): ConnectStore {
  const store = createStore<ConnectState>(() => ({
    doing: 'nothing',
    signIn: null,
    secrets: null,
    keep: 'keychain',
    fault: null,
  }))
  const begin = (doing: ConnectState['doing']): boolean => {
    if (store.getState().doing !== 'nothing') return false
    store.setState({ doing, fault: null })
    return true
  }
  const end = (fault?: Fault): void =>
    store.setState({ doing: 'nothing', signIn: null, fault: fault ?? null })

  async function post(source: Parameters<typeof saveKey>[2]): Promise<boolean> {
    const answer = await saveKey(client, slot, source, store.getState().keep)
    if (!answer.ok) {
      end(answer.fault)
      if (isKeychainFault(answer.fault)) await look()
      return false
    }
    // `daemon.changed` tells the app when the routes are ready.
    const reloaded = await client.ask['daemon.reload']({})
    end(reloaded.ok ? undefined : reloaded.fault)
    return true
  }

  async function look(): Promise<void> {
    const answer = await client.ask['secrets.list']({})
    if (answer.ok) store.setState({ secrets: answer.value })
  }

  return Object.assign(store, {
    look,
    setKeep: (keep: Keep) => store.setState({ keep }),
    save: async (value: string) => begin('saving') && post({ kind: 'inline', value }),
    async importKey() {
      if (begin('importing')) await post({ kind: 'environment', name: 'OPENROUTER_API_KEY' })
    },
    async signIn() {
      if (!begin('signing_in')) return
      const begun = await signIn(client, slot, store.getState().keep)
      if (!begun.ok) return end(begun.fault)
      store.setState({ signIn: begun.value })
      const { fault } = await begun.value.ended
      // The person cancelled: nothing to tell them.
      if (fault) return end(fault.code === 'sign_in_cancelled' ? undefined : fault)
      const reloaded = await client.ask['daemon.reload']({})
      end(reloaded.ok ? undefined : reloaded.fault)
    },
    cancelSignIn: () => store.getState().signIn?.cancel(),
    async exploreDemo() {
      if (!begin('opening_demo')) return
      const answer = await client.ask['app.exploreDemo']({})
      end(answer.ok ? undefined : answer.fault)
    },
  })
}
