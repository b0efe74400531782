/** The few words that the desktop shows outside the window. */
const english = {
  file: 'File',
  newChat: 'New chat',
  searchChats: 'Search chats',
  chooseModel: 'Choose a model',
  commands: 'Commands',
  library: 'Library',
  settings: 'Settings',
  quit: 'Quit Kheish',
  edit: 'Edit',
  undo: 'Undo',
  redo: 'Redo',
  cut: 'Cut',
  copy: 'Copy',
  paste: 'Paste',
  pasteAsText: 'Paste as text',
  selectAll: 'Select all',
  view: 'View',
  actualSize: 'Actual size',
  zoomIn: 'Zoom in',
  zoomOut: 'Zoom out',
  fullScreen: 'Full screen',
  developerTools: 'Developer tools',
  reload: 'Reload window',
  window: 'Window',
  minimize: 'Minimize',
  close: 'Close',
  untitled: 'New chat',
  answered: 'The answer is ready.',
  failed: 'The answer failed.',
  waits: 'It waits for your approval.',
  signedIn: 'You can close this page.',
  signedInDetail: 'Kheish has what it needs and goes on in its own window.',
  dictationKeyNone: 'No key is set for dictation, or one that this system does not know.',
  dictationKeyTaken: 'Another program or the system has this key; choose another one.',
  dictationKeyClosed:
    'This desktop (Wayland) gives no keys to programs in the background; the key works in this window.',
  dictationKeyPortal:
    'This desktop (Wayland) decides whether the key works elsewhere; look in its keyboard settings.',
  typedNoWay: 'Kheish can’t press keys in other programs here, so the text is in the clipboard; paste it.',
  typedRefused: 'The other program could not be reached, so the text is in the clipboard; paste it.',
}
export type Words = Readonly<typeof english>

const german: Words = {
  file: 'Datei',
  newChat: 'Neuer Chat',
  searchChats: 'Chats durchsuchen',
  chooseModel: 'Modell wählen',
  commands: 'Befehle',
  library: 'Bibliothek',
  settings: 'Einstellungen',
  quit: 'Kheish beenden',
  edit: 'Bearbeiten',
  undo: 'Rückgängig',
  redo: 'Wiederholen',
  cut: 'Ausschneiden',
  copy: 'Kopieren',
  paste: 'Einfügen',
  pasteAsText: 'Als Text einfügen',
  selectAll: 'Alles auswählen',
  view: 'Ansicht',
  actualSize: 'Originalgröße',
  zoomIn: 'Vergrößern',
  zoomOut: 'Verkleinern',
  fullScreen: 'Vollbild',
  developerTools: 'Entwicklerwerkzeuge',
  reload: 'Fenster neu laden',
  window: 'Fenster',
  minimize: 'Minimieren',
  close: 'Schließen',
  untitled: 'Neuer Chat',
  answered: 'Die Antwort ist da.',
  failed: 'Die Antwort ist fehlgeschlagen.',
  waits: 'Wartet auf deine Zustimmung.',
  signedIn: 'Diese Seite kann geschlossen werden.',
  signedInDetail: 'Kheish hat alles Nötige und macht in seinem eigenen Fenster weiter.',
  dictationKeyNone: 'Für das Diktieren ist keine Taste gesetzt oder eine, die dieses System nicht kennt.',
  dictationKeyTaken: 'Ein anderes Programm oder das System hat diese Taste; wähle eine andere.',
  dictationKeyClosed:
    'Dieser Desktop (Wayland) gibt Programmen im Hintergrund keine Tasten; in diesem Fenster geht die Taste.',
  dictationKeyPortal:
    'Dieser Desktop (Wayland) entscheidet, ob die Taste anderswo geht; sieh in seinen Tastatureinstellungen nach.',
  typedNoWay:
    'Kheish kann hier in anderen Programmen keine Tasten drücken, deshalb ist der Text in der Zwischenablage; füge ihn ein.',
  typedRefused:
    'Das andere Programm war nicht zu erreichen, deshalb ist der Text in der Zwischenablage; füge ihn ein.',
}

/** `language` as in the preferences; `locale` is the desktop's. */
export function wordsFor(language: 'system' | 'en' | 'de', locale: string): Words {
  const wanted = language === 'system' ? locale : language
  return /^de\b/i.test(wanted) ? german : english
}
