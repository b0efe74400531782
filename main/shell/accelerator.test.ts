import { expect, test } from 'vitest'
import { acceleratorOf } from './accelerator'

test.each([
  ['$mod+Shift+F', 'CmdOrCtrl+Shift+F'],
  ['$mod+Comma', 'CmdOrCtrl+,'],
  ['$mod+Alt+KeyB', 'CmdOrCtrl+Alt+B'],
  ['$mod+Alt+ArrowDown', 'CmdOrCtrl+Alt+Down'],
  ['F6', 'F6'],
  ['$mod+-', 'CmdOrCtrl+-'],
  ['$mod+ü', undefined],
  ['', undefined],
])('%s in the menu', (keys, accelerator) => {
  expect(acceleratorOf(keys)).toBe(accelerator)
})
