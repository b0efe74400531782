import { tinykeys } from 'tinykeys'

/** A shortcut in tinykeys' spelling as the caps a person presses, for instance `$mod+Shift+E`. */
export function keyCaps(keys: string, platform: string): readonly string[] {
  const mac = platform === 'darwin'
  return keys.split('+').map((key) => caps(mac)[key] ?? (key.length === 1 ? key.toUpperCase() : key))
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
const both: Readonly<Record<string, string>> = {
  ArrowUp: '↑',
  ArrowDown: '↓',
  Enter: '↵',
  Escape: 'Esc',
  Backslash: '\\',
  Slash: '/',
}
const caps = (mac: boolean) => ({ ...both, ...(mac ? macCaps : otherCaps) })

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
