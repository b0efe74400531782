/** What a person can do about a keychain that does not serve (contract 4.5), and the sentence for it in English. */
export const keychainAdvice = {
  unlock_keyring:
    'Unlock your keyring, for instance by logging in to your desktop with your password, then try again.',
  unlock_login_keychain: 'Unlock the login keychain in Keychain Access, then try again.',
  create_default_keyring: 'Create a default keyring in your password application, then try again.',
  start_desktop_session:
    'Start Kheish from a desktop session, or start a D-Bus session for it with dbus-run-session.',
  install_keyring: 'Install gnome-keyring, KWallet or KeePassXC, log in again, then try again.',
  install_libsecret:
    'Install the package libsecret-1-0 (libsecret on Fedora and Arch), then start Kheish again.',
  repair_login_keychain: 'Open Keychain Access and repair the login keychain, then try again.',
  start_credential_manager: 'Start the Credential Manager service, then try again.',
  install_again: 'Install Kheish again.',
} as const

export type KeychainAdvice = keyof typeof keychainAdvice
