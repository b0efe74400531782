import type { KeychainAnswer } from '../ports/keychain-child'
import type { KeychainTrouble } from '../ports/keychain-failure'

type Refusal = Extract<KeychainAnswer, { reason: string }>

const lockedWords = /locked|unlock|dismiss|prompt|cancel|not allowed|interaction|passphrase|denied/i
const noBusWords =
  /could not connect|cannot connect|failed to connect|autolaunch|disabled:|unsupported transport|DISPLAY/i

/** What a refusal of the system means to a person (contract 4.5). `platform` as Node names it. */
export function troubleOf(refusal: Pick<Refusal, 'reason' | 'text'>, platform: string): KeychainTrouble {
  if (refusal.reason === 'no_library') return { state: 'missing', action: reinstall(platform) }
  if (refusal.reason === 'no_keyring') {
    return {
      state: 'locked',
      action: 'Create a default keyring in your password application, then try again.',
    }
  }
  if (refusal.reason === 'locked' || lockedWords.test(refusal.text)) return lockedTrouble(platform)
  if (platform === 'linux' && noBusWords.test(refusal.text)) {
    return {
      state: 'missing',
      action: 'Start Kheish from a desktop session, or start a D-Bus session for it with dbus-run-session.',
    }
  }
  return { state: 'missing', action: install(platform) }
}

/** Nobody answered in time: something waits for a password. */
export const lockedTrouble = (platform: string): KeychainTrouble => ({
  state: 'locked',
  action:
    platform === 'darwin'
      ? 'Unlock the login keychain in Keychain Access, then try again.'
      : 'Unlock your keyring, for instance by logging in to your desktop with your password, then try again.',
})

const install = (platform: string): string => {
  if (platform === 'darwin') return 'Open Keychain Access and repair the login keychain, then try again.'
  if (platform === 'win32') return 'Start the Credential Manager service, then try again.'
  return 'Install gnome-keyring, KWallet or KeePassXC, log in again, then try again.'
}

const reinstall = (platform: string): string =>
  platform === 'linux'
    ? 'Install the package libsecret-1-0 (libsecret on Fedora and Arch), then start Kheish again.'
    : 'Install Kheish again.'
