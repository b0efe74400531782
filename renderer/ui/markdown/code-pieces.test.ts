import { expect, test } from 'vitest'
import { cutCode, cutLines } from './code-pieces'

const code = (lines: number): string => Array.from({ length: lines }, (_, at) => `line ${at}\n`).join('')

test('pieces joined are the code', () => {
  for (const text of ['', 'one', 'one\n', '\n\n', code(79), code(80), code(81), `${code(200)}end`])
    expect(cutCode(text).join('\n')).toBe(text)
})

test('no piece but the last ends with a blank line', () => {
  const text = `${code(79)}a\n${'\n'.repeat(90)}b\n${code(100)}`
  const pieces = cutCode(text)
  expect(pieces.join('\n')).toBe(text)
  expect(pieces.slice(0, -1).some((piece) => piece.endsWith('\n'))).toBe(false)
})

test('what is finished stays the same while code grows', () => {
  const before = cutCode(code(300))
  const after = cutCode(`${code(300)}more\n`)
  expect(before.length).toBeGreaterThan(3)
  expect(after.slice(0, before.length - 1)).toEqual(before.slice(0, -1))
})

test('lines are cut where the text is', () => {
  for (const text of [code(200).trimEnd(), `${code(79)}\n\nend`, 'one']) {
    const lines = text.split('\n').map((line) => (line === '' ? [] : [line]))
    expect(cutLines(lines).map((piece) => piece.map((line) => line.join('')).join('\n'))).toEqual(
      cutCode(text),
    )
  }
})
