import type { Keychain } from './keychain'
import { keychainFailure, keychainTrouble } from './keychain-failure'
import { createMemoryKeychain } from './memory-keychain'

export interface FakeKeychain extends Keychain {
  /** What every call meets from now on. */
  become(state: 'secured' | 'locked' | 'missing'): void
}

/** A keychain in memory that can be locked or taken away. */
export function fakeKeychain(state: 'secured' | 'locked' | 'missing' = 'secured'): FakeKeychain {
  const memory = createMemoryKeychain()
  let now = state
  const open = <T>(work: () => Promise<T>): Promise<T> =>
    now === 'secured' ? work() : Promise.reject(keychainFailure(troubles[now]))
  return {
    become: (next) => {
      now = next
    },
    probe: async () => (now === 'secured' ? { state: now } : troubles[now]),
    get: (account) => open(() => memory.get(account)),
    set: (account, secret) => open(() => memory.set(account, secret)),
    delete: (account) => open(() => memory.delete(account)),
    close: () => memory.close(),
  }
}

const troubles = {
  locked: keychainTrouble('locked', 'unlock_keyring'),
  missing: keychainTrouble('missing', 'install_keyring'),
}
