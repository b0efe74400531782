import { expect, test } from 'vitest'
import { choose, findRows, ownerOf, reset, shortcutRows } from './shortcut-rows'

const commands = [
  { id: 'reveal', words: 'Open the data folder' },
  { id: 'new', words: 'New chat', keys: '$mod+N' },
  { id: 'find', words: 'Find in this chat', keys: '$mod+F' },
]
const rows = (chosen = {}) => shortcutRows(commands, chosen)
const caps = (keys: string) => keys.split('+').map((key) => (key === '$mod' ? 'Ctrl' : key))
const ids = (list: readonly { readonly id: string }[]) => list.map(({ id }) => id)

test('commands with keys come first, and a search looks at names and keys', () => {
  expect(ids(findRows(rows(), '', caps))).toEqual(['new', 'find', 'reveal'])
  expect(ids(findRows(rows(), 'chat', caps))).toEqual(['new', 'find'])
  expect(ids(findRows(rows(), 'ctrl+f', caps))).toEqual(['find'])
  expect(ids(findRows(rows(), 'chat ctrl n', caps))).toEqual(['new', 'find'])
})

test('taking keys from another command leaves that one without', () => {
  expect(ownerOf(rows(), '$mod+n', 'find')?.id).toBe('new')
  const chosen = choose(rows(), {}, 'find', '$mod+N')
  expect(chosen).toEqual({ find: '$mod+N', new: '' })
  expect(rows(chosen).map(({ keys, isChanged }) => [keys, isChanged])).toEqual([
    ['', false],
    ['', true],
    ['$mod+N', true],
  ])
})

test('what is as it came is not kept, and a reset takes the keys back', () => {
  expect(choose(rows(), {}, 'new', '$mod+N')).toEqual({})
  const taken = { find: '$mod+N', new: '' }
  expect(reset(rows(taken), taken, 'new')).toEqual({ find: '' })
  expect(reset(rows(taken), taken, 'find')).toEqual({ new: '' })
})

test('choices of commands that this version lacks stay', () => {
  expect(choose(rows(), { dictate: 'F6' }, 'new', '')).toEqual({ dictate: 'F6', new: '' })
})
