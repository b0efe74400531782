import type { Held, Keyring } from '../ports/keyring'
import type { SecretRecord } from '../ports/store'
import type { Leases } from './leases'
import type { World } from './world'

type Ports = Pick<World, 'store' | 'keychain' | 'learn'> & { readonly leases: Leases }

/** The slots of this state root: account `<state-root id>/<slot_id>` of the keychain (contract 4.5). */
export function createKeyring({ store, keychain, learn, leases }: Ports): Keyring {
  const memory = new Map<string, { readonly record: SecretRecord; readonly secret: string }>()
  const gone = new Set<string>()
  const turns = new Map<string, Promise<unknown>>()
  const account = (slotId: string) => `${store.state_root_id}/${slotId}`

  function find(slotId: string): Held | undefined {
    const inMemory = memory.get(slotId)
    if (inMemory) return { ...inMemory.record, where: 'memory' }
    const record = store.secrets.get(slotId)
    return record && { ...record, where: 'keychain' }
  }

  /** One change at a time per slot. */
  function inTurn<T>(slotId: string, work: () => Promise<T>): Promise<T> {
    const mine = (turns.get(slotId) ?? Promise.resolve()).then(work, work)
    turns.set(slotId, mine)
    const forget = () => {
      if (turns.get(slotId) === mine) turns.delete(slotId)
    }
    mine.then(forget, forget)
    return mine
  }

  /** Leases end before the bytes change; when the bytes can't be kept, everything is as before. */
  async function write(record: SecretRecord, secret: string, keep: 'keychain' | 'session'): Promise<void> {
    learn(secret)
    const undo = leases.revoke(record.slot_id)
    try {
      if (keep === 'session') {
        memory.set(record.slot_id, { record, secret })
      } else {
        await putAway(record, secret)
        memory.delete(record.slot_id)
      }
      gone.delete(record.slot_id)
    } catch (error) {
      undo()
      throw error
    }
  }

  /** The record first: a full disk must not leave bytes in the keychain that no record names. */
  async function putAway(record: SecretRecord, secret: string): Promise<void> {
    const before = store.secrets.get(record.slot_id)
    store.secrets.put(record)
    try {
      await keychain.set(account(record.slot_id), secret)
    } catch (error) {
      if (before) store.secrets.put(before)
      else store.secrets.delete(record.slot_id)
      throw error
    }
  }

  return {
    find,
    list: () => {
      const slots = new Set([...store.secrets.list().map((record) => record.slot_id), ...memory.keys()])
      return [...slots].sort().flatMap((slot) => find(slot) ?? [])
    },
    isWhole: (slotId) => find(slotId) !== undefined && !gone.has(slotId),
    async read(slotId) {
      const inMemory = memory.get(slotId)
      if (inMemory) return inMemory.secret
      const secret = await keychain.get(account(slotId))
      if (secret === null) gone.add(slotId)
      else gone.delete(slotId)
      return secret
    },
    write: (record, secret, keep) => inTurn(record.slot_id, () => write(record, secret, keep)),
    delete: (slotId) =>
      inTurn(slotId, async () => {
        leases.revoke(slotId)
        const record = store.secrets.get(slotId)
        if (record) await keychain.delete(account(slotId))
        memory.delete(slotId)
        gone.delete(slotId)
        store.secrets.delete(slotId)
      }),
  }
}
