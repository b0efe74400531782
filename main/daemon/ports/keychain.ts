import type { KeychainTrouble } from './keychain-failure'

/**
 * The OS keychain. Every call settles: a locked or missing keyring fails with `secret_store_locked` or
 * `secret_store_unavailable` after at most the call's time limit (contract 4.5).
 */
export interface Keychain {
  /** Asks without prompting where the system allows it. Never throws. */
  probe(): Promise<{ readonly state: 'secured' } | KeychainTrouble>
  get(account: string): Promise<string | null>
  set(account: string, secret: string): Promise<void>
  delete(account: string): Promise<boolean>
  /** Ends the child process, whatever it is waiting for. */
  close(): Promise<void>
}
