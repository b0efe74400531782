import { expect, test } from 'vitest'
import { areSameKeys, keysInForce, keysOfPress, normalKeys, reservedFor, type KeyPress } from './shortcuts'

const press = (key: string, code: string, ...held: readonly string[]): KeyPress => ({
  key,
  code,
  ctrlKey: held.includes('ctrl'),
  metaKey: held.includes('meta'),
  altKey: held.includes('alt'),
  shiftKey: held.includes('shift'),
  getModifierState: (name) => name === 'AltGraph' && held.includes('altgr'),
})

test.each([
  [press('e', 'KeyE', 'ctrl', 'shift'), 'linux', '$mod+Shift+E'],
  [press('e', 'KeyE', 'meta', 'shift'), 'darwin', '$mod+Shift+E'],
  [press('e', 'KeyE', 'ctrl'), 'darwin', 'Control+E'],
  [press('∫', 'KeyB', 'meta', 'alt'), 'darwin', '$mod+Alt+KeyB'],
  [press(',', 'Comma', 'ctrl'), 'linux', '$mod+Comma'],
  [press('ü', 'BracketLeft', 'ctrl'), 'linux', '$mod+ü'],
  [press('!', 'Digit1', 'ctrl', 'shift'), 'linux', '$mod+Shift+Digit1'],
  [press('+', 'BracketRight', 'ctrl'), 'linux', '$mod+BracketRight'],
  [press(' ', 'Space', 'ctrl', 'shift'), 'linux', '$mod+Shift+Space'],
  [press('ArrowDown', 'ArrowDown', 'alt', 'ctrl'), 'linux', '$mod+Alt+ArrowDown'],
  [press('F5', 'F5'), 'linux', 'F5'],
  [press('Control', 'ControlLeft', 'ctrl'), 'linux', null],
])('a press is spelled as tinykeys reads it', (pressed, platform, keys) => {
  expect(keysOfPress(pressed, platform)).toBe(keys)
})

test('the same keys are the same in every spelling', () => {
  expect(normalKeys('Shift+$mod+e')).toBe('$mod+Shift+E')
  expect(areSameKeys('$mod+Alt+KeyB', 'Alt+$mod+b')).toBe(true)
  expect(areSameKeys('$mod+Digit1', '$mod+1')).toBe(true)
  expect(areSameKeys('$mod+,', '$mod+Comma')).toBe(true)
  expect(areSameKeys('$mod+K', '$mod+Shift+K')).toBe(false)
})

test.each([
  ['K', 'bare'],
  ['Shift+K', 'bare'],
  ['Enter', 'bare'],
  ['$mod+Escape', 'bare'],
  ['$mod+C', 'editing'],
  ['$mod+Shift+Z', 'editing'],
  ['$mod+Q', 'window'],
  ['Alt+F4', 'window'],
  ['$mod+S', 'saves'],
  ['Meta+E', 'desktop'],
  ['Alt+Tab', 'desktop'],
  ['$mod+Shift+E', null],
  ['Alt+E', null],
  ['F6', null],
] as const)('%s is reserved: %s', (keys, reason) => {
  expect(reservedFor(keys, 'linux')).toBe(reason)
})

test('a key that makes a character is nobody’s shortcut', () => {
  expect(reservedFor('$mod+Alt+E', 'linux', press('€', 'KeyE', 'ctrl', 'alt', 'altgr'))).toBe('types')
  expect(reservedFor('Alt+E', 'darwin')).toBe('types')
})

test('a choice wins over what another command came with', () => {
  const commands = [{ id: 'a', keys: '$mod+K' }, { id: 'b', keys: '$mod+L' }, { id: 'c' }] as const
  const keys = (chosen: Record<string, string>) => Object.fromEntries(keysInForce(commands, chosen))
  expect(keys({})).toEqual({ a: '$mod+K', b: '$mod+L', c: '' })
  expect(keys({ b: '$mod+k' })).toEqual({ a: '', b: '$mod+k', c: '' })
  expect(keys({ a: '', c: '$mod+K', gone: 'F6' })).toEqual({ a: '', b: '$mod+L', c: '$mod+K' })
  expect(keys({ a: 'F6', c: 'F6' })).toEqual({ a: 'F6', b: '$mod+L', c: '' })
})
