import type { KeychainState } from '@contract/secrets'

/** What the keychain said last; it may take seconds to answer, and nobody waits for it. */
export interface KeychainLook {
  readonly state: Exclude<KeychainState, 'session_only'>
  readonly action?: string
  /** Slots whose entry was read: there, gone, or refused. */
  readonly slots: ReadonlyMap<string, 'keychain' | 'absent' | 'unreadable'>
  readonly at_ms: number
}

export interface KeychainWatch {
  /** A fresh look where the keychain answers soon; else what it said before, renewed behind. */
  look(): Promise<KeychainLook>
}
