import type { KeychainAdvice } from '@contract/keychain-advice'
import type { KeychainAnswer } from '../ports/keychain-child'
import { keychainTrouble, type KeychainTrouble } from '../ports/keychain-failure'

type Refusal = Extract<KeychainAnswer, { reason: string }>

const lockedWords = /locked|unlock|dismiss|prompt|cancel|not allowed|interaction|passphrase|denied/i
const noBusWords =
  /could not connect|cannot connect|failed to connect|autolaunch|disabled:|unsupported transport|DISPLAY/i

/** What a refusal of the system means to a person (contract 4.5). `platform` as Node names it. */
export function troubleOf(refusal: Pick<Refusal, 'reason' | 'text'>, platform: string): KeychainTrouble {
  if (refusal.reason === 'no_library') {
    return keychainTrouble('missing', platform === 'linux' ? 'install_libsecret' : 'install_again')
  }
  if (refusal.reason === 'no_keyring') return keychainTrouble('locked', 'create_default_keyring')
  if (refusal.reason === 'locked' || lockedWords.test(refusal.text)) return lockedTrouble(platform)
  if (platform === 'linux' && noBusWords.test(refusal.text)) {
    return keychainTrouble('missing', 'start_desktop_session')
  }
  return keychainTrouble('missing', install(platform))
}

/** Nobody answered in time: something waits for a password. */
export const lockedTrouble = (platform: string): KeychainTrouble =>
  keychainTrouble('locked', platform === 'darwin' ? 'unlock_login_keychain' : 'unlock_keyring')

const install = (platform: string): KeychainAdvice => {
  if (platform === 'darwin') return 'repair_login_keychain'
  return platform === 'win32' ? 'start_credential_manager' : 'install_keyring'
}
