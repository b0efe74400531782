import type { SecretRecord } from './store'

export interface Held extends SecretRecord {
  readonly where: 'memory' | 'keychain'
}

/** Secret slots: metadata in the store, bytes in the OS keychain or, with the person's consent, in memory. */
export interface Keyring {
  list(): readonly Held[]
  find(slotId: string): Held | undefined
  /** False once a read found the entry gone; setting the slot repairs it. */
  isWhole(slotId: string): boolean
  /** Null when the entry is gone. Faults: `secret_store_*`; a failed read never changes anything. */
  read(slotId: string): Promise<string | null>
  /** Creates or rotates; one at a time per slot. Leases of the old value end first (contract 4.2). */
  write(record: SecretRecord, secret: string, keep: 'keychain' | 'session'): Promise<void>
  /** Bytes, metadata and leases. */
  delete(slotId: string): Promise<void>
}
