import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cut, longestTitle, titleOf } from './title'

test.each([
  ['Hello there', 'Hello there'],
  ['\n\n  Second line first  \nand more', 'Second line first'],
  ['# A heading\ntext', 'A heading'],
  ['- a list', 'a list'],
  ['one\ttwo   three', 'one two three'],
  ['```\ncode()\n```', 'code()'],
  ['   ', ''],
  ['***', '***'],
])('%j is named %j', (text, title) => expect(titleOf(text)).toBe(title))

test('a long line is cut at a word, a long word anywhere', () => {
  const long = 'Please explain how the transactional outbox pattern works in detail with examples'
  expect(titleOf(long)).toBe('Please explain how the transactional outbox pattern works…')
  expect(titleOf('x'.repeat(100))).toBe(`${'x'.repeat(59)}…`)
})

test('a title is never longer than its limit and never cuts a character in two', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
      const title = titleOf(text)
      expect([...title].length).toBeLessThanOrEqual(longestTitle)
      expect(() => encodeURIComponent(title)).not.toThrow()
    }),
  )
  expect(cut('abc', 3)).toBe('abc')
})
