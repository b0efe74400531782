import { keychainAdvice } from '@contract/keychain-advice'
import { addWords } from './words'

/** What to install or unlock, in the person's language. The English sentences are those that the command says. */
export const keychainWords = addWords('keychain', {
  en: keychainAdvice,
  de: {
    unlock_keyring:
      'Entsperre deinen Schlüsselbund, zum Beispiel durch Anmelden am Desktop mit Passwort, und versuch es erneut.',
    unlock_login_keychain:
      'Entsperre den Schlüsselbund „Anmeldung“ in der Schlüsselbundverwaltung und versuch es erneut.',
    create_default_keyring:
      'Lege in deiner Passwortverwaltung einen Standard-Schlüsselbund an und versuch es erneut.',
    start_desktop_session:
      'Starte Kheish aus einer Desktop-Sitzung oder mit dbus-run-session in einer eigenen D-Bus-Sitzung.',
    install_keyring:
      'Installiere gnome-keyring, KWallet oder KeePassXC, melde dich neu an und versuch es erneut.',
    install_libsecret:
      'Installiere das Paket libsecret-1-0 (unter Fedora und Arch: libsecret) und starte Kheish neu.',
    repair_login_keychain:
      'Öffne die Schlüsselbundverwaltung, repariere den Schlüsselbund „Anmeldung“ und versuch es erneut.',
    start_credential_manager: 'Starte den Dienst „Anmeldeinformationsverwaltung“ und versuch es erneut.',
    install_again: 'Installiere Kheish neu.',
  },
})
