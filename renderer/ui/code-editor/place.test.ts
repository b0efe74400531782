import { expect, test } from 'vitest'
import { differenceOf, rangeOf } from './place'

const docOf = (text: string) => {
  const lines = text.split('\n')
  return {
    lines: lines.length,
    line: (number: number) => {
      const from = lines.slice(0, number - 1).join('\n').length + (number > 1 ? 1 : 0)
      const own = lines[number - 1] ?? ''
      return { from, to: from + own.length, text: own }
    },
  }
}
const marked = (text: string, line: number, column?: number) => {
  const { from, to } = rangeOf(docOf(text), { line, ...(column === undefined ? {} : { column }) })
  return text.slice(from, to)
}

const text = 'version = 1\n[routes."a b"]\n  driver = "x"\nbroken = "'
test.each([
  [1, 1, 'version'],
  [2, 9, '"a b"'],
  [3, undefined, 'driver = "x"'],
  [3, 12, '"x"'],
  [1, 8, ' = 1'],
  [4, 99, '"'],
  [99, 1, 'broken'],
])('line %i, column %s marks %s', (line, column, words) => {
  expect(marked(text, line, column)).toBe(words)
})

test('an empty line marks nothing, and is no trouble', () => {
  expect(rangeOf(docOf('a\n\nb'), { line: 2, column: 5 })).toEqual({ from: 2, to: 2 })
})

test.each([
  ['abc', 'abXc', { from: 2, to: 2, insert: 'X' }],
  ['abc', 'ac', { from: 1, to: 2, insert: '' }],
  ['aaa', 'aa', { from: 2, to: 3, insert: '' }],
  ['', 'x', { from: 0, to: 0, insert: 'x' }],
  ['same', 'same', { from: 4, to: 4, insert: '' }],
])('from %s to %s changes only what differs', (before, after, change) => {
  expect(differenceOf(before, after)).toEqual(change)
  expect(before.slice(0, change.from) + change.insert + before.slice(change.to)).toBe(after)
})
