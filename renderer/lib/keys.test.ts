import { expect, test } from 'vitest'
import { ariaKeys, keyCaps, keysToHear } from './keys'

test('keys are named as the keyboard in front of the person names them', () => {
  expect(keyCaps('$mod+Shift+F', 'linux')).toEqual(['Ctrl', 'Shift', 'F'])
  expect(keyCaps('$mod+Shift+F', 'linux', 'de-AT')).toEqual(['Strg', 'Umschalt', 'F'])
  expect(keyCaps('Delete', 'win32', 'de')).toEqual(['Entf'])
  expect(keyCaps('$mod+ß', 'linux', 'de')).toEqual(['Strg', 'ß'])
  expect(keyCaps('$mod+Period', 'darwin', 'de')).toEqual(['⌘', '.'])
})

test('assistive technology gets the names of the standard, in every language', () => {
  expect(ariaKeys('$mod+Shift+F', 'linux')).toBe('Control+Shift+F')
  expect(ariaKeys('$mod+Shift+F', 'darwin')).toBe('Meta+Shift+F')
})

test('keys that were pressed have caps, too', () => {
  expect(keyCaps('$mod+Alt+KeyB', 'darwin')).toEqual(['⌘', '⌥', 'B'])
  expect(keyCaps('$mod+Shift+Digit1', 'linux', 'de')).toEqual(['Strg', 'Umschalt', '1'])
  expect(keyCaps('$mod+-', 'linux')).toEqual(['Ctrl', '-'])
})

test('a letter with ⌥ is heard by its place on a Mac', () => {
  expect(keysToHear('$mod+Alt+B', 'darwin')).toBe('$mod+Alt+(B|KeyB)')
  expect(keysToHear('$mod+Alt+B', 'linux')).toBe('$mod+Alt+B')
  expect(keysToHear('$mod+Alt+ArrowUp', 'darwin')).toBe('$mod+Alt+ArrowUp')
})
