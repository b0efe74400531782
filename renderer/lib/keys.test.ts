import { expect, test } from 'vitest'
import { ariaKeys, keyCaps } from './keys'

test('keys are named as the keyboard in front of the person names them', () => {
  expect(keyCaps('$mod+Shift+F', 'linux')).toEqual(['Ctrl', 'Shift', 'F'])
  expect(keyCaps('$mod+Shift+F', 'linux', 'de-AT')).toEqual(['Strg', 'Umschalt', 'F'])
  expect(keyCaps('Delete', 'win32', 'de')).toEqual(['Entf'])
  expect(keyCaps('$mod+Period', 'darwin', 'de')).toEqual(['⌘', '.'])
})

test('assistive technology gets the names of the standard, in every language', () => {
  expect(ariaKeys('$mod+Shift+F', 'linux')).toBe('Control+Shift+F')
  expect(ariaKeys('$mod+Shift+F', 'darwin')).toBe('Meta+Shift+F')
})
