import type { Keychain } from './keychain'

/** Holds secrets until exit and nowhere else: the demo, and tests. */
export function createMemoryKeychain(): Keychain {
  const held = new Map<string, string>()
  return {
    probe: async () => ({ state: 'secured' }),
    get: async (account) => held.get(account) ?? null,
    set: async (account, secret) => {
      held.set(account, secret)
    },
    delete: async (account) => held.delete(account),
    close: async () => undefined,
  }
}
