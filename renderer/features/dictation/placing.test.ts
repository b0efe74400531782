import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { endOfEdit, followed, seamed } from './placing'

describe('seamed', () => {
  it.each([
    ['', 'hello', '', 'hello'],
    ['Dear', 'hello', '', ' hello'],
    ['Dear ', ' hello ', '', 'hello'],
    ['Dear ', 'hello', 'you', 'hello '],
    ['Dear ', 'hello', ', you', 'hello'],
    ['(', 'hello', ')', 'hello'],
    ['line\n', 'hello', '\nline', 'hello'],
    ['a', '  ', 'b', ''],
  ])('%j + %j + %j is %j', (before, text, after, wanted) => {
    expect(seamed(before, text, after)).toBe(wanted)
  })
})

describe('followed', () => {
  const text = fc.string({ maxLength: 12 })
  it('finds the same words wherever somebody has written beside them', () => {
    fc.assert(
      fc.property(text, text, text, text, fc.string({ minLength: 1, maxLength: 12 }), (a, b, c, d, said) => {
        const before = a + said + b
        for (const after of [c + said + b, a + said + d]) {
          const now = followed(before, after, { from: a.length, to: a.length + said.length })
          // Equal letters at a seam may leave it untold, but never point at other words.
          if (now) expect(after.slice(now.from, now.to)).toBe(said)
        }
        const written = before + c
        expect(followed(before, written, { from: a.length, to: a.length + said.length })).toEqual({
          from: a.length,
          to: a.length + said.length,
        })
      }),
    )
  })

  it('knows that the words themselves were changed', () => {
    expect(followed('Dear hello you', 'Dear hullo you', { from: 5, to: 10 })).toBeNull()
    expect(endOfEdit('Dear hello you', 'Dear hullo you')).toBe(7)
  })
})
