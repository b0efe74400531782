import { tinykeys } from 'tinykeys'

/** A shortcut in tinykeys' spelling as the caps a person presses, for instance `$mod+Shift+E`. `locale` is BCP 47. */
export function keyCaps(keys: string, platform: string, locale = 'en'): readonly string[] {
  const names = {
    ...both,
    ...(platform === 'darwin' ? macCaps : locale.startsWith('de') ? germanCaps : otherCaps),
  }
  return keys.split('+').map((key) => names[key] ?? (key.length === 1 ? key.toUpperCase() : key))
}

/** For `aria-keyshortcuts`, which names the real modifier. */
export function ariaKeys(keys: string, platform: string): string {
  return keys.replace('$mod', platform === 'darwin' ? 'Meta' : 'Control')
}

/** Where the page runs, from the browser itself: `ui` knows no bridge. */
export function pagePlatform(): string {
  return typeof navigator !== 'undefined' && navigator.platform.startsWith('Mac') ? 'darwin' : 'other'
}

const macCaps: Readonly<Record<string, string>> = { $mod: '⌘', Shift: '⇧', Alt: '⌥', Comma: ',' }
const otherCaps: Readonly<Record<string, string>> = { $mod: 'Ctrl', Comma: ',' }
const germanCaps: Readonly<Record<string, string>> = {
  $mod: 'Strg',
  Comma: ',',
  Shift: 'Umschalt',
  Delete: 'Entf',
  Backspace: 'Rücktaste',
}
const both: Readonly<Record<string, string>> = {
  ArrowUp: '↑',
  ArrowDown: '↓',
  Enter: '↵',
  Escape: 'Esc',
  Backslash: '\\',
  Slash: '/',
  Period: '.',
}

/** Listens on the whole page; a key that somebody already acted on, or that is part of composing text, is left alone. Returns the undo. */
export function bindKeys(bindings: Readonly<Record<string, () => void>>): () => void {
  const handlers = Object.entries(bindings).map(
    ([keys, run]) =>
      [
        keys,
        (event: KeyboardEvent) => {
          event.preventDefault()
          run()
        },
      ] as const,
  )
  return tinykeys(window, Object.fromEntries(handlers), {
    ignore: (event) => event.defaultPrevented || event.isComposing || event.repeat,
  })
}
