import { fault } from '@contract/fault'
import { keychainAdvice, type KeychainAdvice } from '@contract/keychain-advice'
import { Failure } from '../core/failure'

/** What keeps a keychain from serving, and what a person can do about it. */
export interface KeychainTrouble {
  readonly state: 'locked' | 'missing'
  readonly advice: KeychainAdvice
  /** The advice in English. */
  readonly action: string
}

export const keychainTrouble = (
  state: KeychainTrouble['state'],
  advice: KeychainAdvice,
): KeychainTrouble => ({
  state,
  advice,
  action: keychainAdvice[advice],
})

/** The failure that every implementation of the port answers with (contract 4.5). */
export function keychainFailure(trouble: KeychainTrouble, options?: ErrorOptions): Failure {
  return trouble.state === 'locked'
    ? new Failure(fault('secret_store_locked', `The system keychain is locked. ${trouble.action}`), options)
    : new Failure(fault('secret_store_unavailable', `No system keychain answers. ${trouble.action}`), options)
}
