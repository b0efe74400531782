import type { Clock } from '../ports/clock'
import type { Keychain } from '../ports/keychain'
import type { KeychainLook, KeychainWatch } from '../ports/keychain-watch'
import type { Keyring } from '../ports/keyring'
import { atMost } from './at-most'

/** A fresh look may take so long; then the one before it is answered. Milliseconds. */
const patience = 250
/** The first look may take so long; a keychain that has not answered then counts as locked. Milliseconds. */
const firstPatience = 1_000

interface Needs {
  readonly keychain: Keychain
  readonly keyring: Pick<Keyring, 'list' | 'read'>
  readonly clock: Clock
  /** Work that nobody waits for but the daemon's end. */
  readonly inBackground: (work: Promise<void>) => void
}

export function createKeychainWatch({ keychain, keyring, clock, inBackground }: Needs): KeychainWatch {
  let last: KeychainLook | undefined
  let looking: Promise<void> | undefined

  async function look(): Promise<void> {
    const probed = await keychain.probe()
    const { state } = probed
    const slots = new Map<string, 'keychain' | 'absent' | 'unreadable'>()
    for (const { slot_id, where } of state === 'secured' ? keyring.list() : []) {
      if (where === 'keychain') slots.set(slot_id, await read(slot_id))
    }
    last = { state, ...('action' in probed ? { action: probed.action } : {}), slots, at_ms: clock.now() }
  }

  async function read(slotId: string): Promise<'keychain' | 'absent' | 'unreadable'> {
    try {
      return (await keyring.read(slotId)) === null ? 'absent' : 'keychain'
    } catch {
      return 'unreadable'
    }
  }

  function renew(): Promise<void> {
    if (looking) return looking
    const mine = look().finally(() => {
      looking = undefined
    })
    looking = mine
    inBackground(mine)
    return mine
  }

  return {
    async look() {
      await atMost(clock, last ? patience : firstPatience, [renew()])
      return last ?? { state: 'locked', slots: new Map(), at_ms: clock.now() }
    },
  }
}
