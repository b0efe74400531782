import { tinykeys } from 'tinykeys'

/** A shortcut in tinykeys' spelling as the caps a person presses, for instance `$mod+Shift+E`. `locale` is BCP 47. */
export function keyCaps(keys: string, platform: string, locale = 'en'): readonly string[] {
  const names = {
    ...both,
    ...(platform === 'darwin' ? macCaps : locale.startsWith('de') ? germanCaps : otherCaps),
  }
  return keys
    .split(/(?<=[\w\]])\+/)
    .map((key) => names[key] ?? (key.length === 1 ? capital(key) : key.replace(/^(?:Key|Digit)(?=.$)/, '')))
}

/** As it stands on the key: ß has no capital of one letter. */
function capital(key: string): string {
  const large = key.toUpperCase()
  return large.length === 1 ? large : key
}

/** For `aria-keyshortcuts`, which names the real modifier. */
export function ariaKeys(keys: string, platform: string): string {
  return keys
    .replace('$mod', platform === 'darwin' ? 'Meta' : 'Control')
    .replace(/(?:Key|Digit)(?=.$)/, '')
    .replace(/Comma$/, ',')
    .replace(/Period$/, '.')
}

/** Where the page runs, from the browser itself: `ui` knows no bridge. */
export function pagePlatform(): string {
  return typeof navigator !== 'undefined' && navigator.platform.startsWith('Mac') ? 'darwin' : 'other'
}

const macCaps: Readonly<Record<string, string>> = {
  $mod: '⌘',
  Control: '⌃',
  Shift: '⇧',
  Alt: '⌥',
  Backspace: '⌫',
  Delete: '⌦',
}
const otherCaps: Readonly<Record<string, string>> = { $mod: 'Ctrl' }
const germanCaps: Readonly<Record<string, string>> = {
  $mod: 'Strg',
  Shift: 'Umschalt',
  Delete: 'Entf',
  Backspace: 'Rücktaste',
  Insert: 'Einfg',
  Home: 'Pos1',
  End: 'Ende',
  PageUp: 'Bild↑',
  PageDown: 'Bild↓',
  Space: 'Leertaste',
}
const both: Readonly<Record<string, string>> = {
  Comma: ',',
  Minus: '-',
  Equal: '=',
  Semicolon: ';',
  Quote: "'",
  Backquote: '`',
  BracketLeft: '[',
  BracketRight: ']',
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Enter: '↵',
  Escape: 'Esc',
  Backslash: '\\',
  Slash: '/',
  Period: '.',
}

/** Listens on the whole page; a key that somebody already acted on, or that is part of composing text, is left alone. Returns the undo. */
export function bindKeys(bindings: Readonly<Record<string, (press: KeyboardEvent) => void>>): () => void {
  const handlers = Object.entries(bindings).map(
    ([keys, run]) =>
      [
        keysToHear(keys, pagePlatform()),
        (event: KeyboardEvent) => {
          event.preventDefault()
          run(event)
        },
      ] as const,
  )
  return tinykeys(window, Object.fromEntries(handlers), {
    ignore: (event) => event.defaultPrevented || event.isComposing || event.repeat,
  })
}

/** Runs once the pressed key is up, or one that was held with it, or the window is left and nobody can tell. */
export function onRelease(press: KeyboardEvent, released: () => void): void {
  const modifiers = ['Control', 'Meta', 'Alt', 'Shift'].filter((name) => press.getModifierState(name))
  const undo = (): void => {
    window.removeEventListener('keyup', onUp, true)
    window.removeEventListener('blur', end)
  }
  const end = (): void => {
    undo()
    released()
  }
  const onUp = ({ code, key }: KeyboardEvent): void => {
    if (code === press.code || modifiers.includes(key)) end()
  }
  window.addEventListener('keyup', onUp, true)
  window.addEventListener('blur', end)
}

/** With ⌥ held, a Mac types another character: there a letter is also known by where it lies. */
export function keysToHear(keys: string, platform: string): string {
  const letter = platform === 'darwin' && keys.includes('Alt+') ? /^(.*\+)([A-Z])$/.exec(keys) : null
  return letter ? `${letter[1]}(${letter[2]}|Key${letter[2]})` : keys
}
