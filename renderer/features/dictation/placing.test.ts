import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { follow, followed, placedAt, seamed, writing } from './placing'

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
        const range = { from: a.length, to: a.length + said.length }
        for (const after of [c + said + b, a + said + d]) {
          const { isWhole, from, to } = followed(before, after, range)
          // Equal letters at a seam may leave it untold, but never point at other words.
          if (isWhole) expect(after.slice(from, to)).toBe(said)
        }
        expect(followed(before, before + c, range)).toEqual({ ...range, isWhole: true })
      }),
    )
  })

  it.each([
    ['a letter inside', 'Dear hullo you', 10],
    ['other words', 'Dear helping hand you', 17],
    ['all that stood there', 'Dear  you', 5],
    ['what stood behind as well', 'Dear hullo me', 13],
    ['everything', '', 0],
  ])('knows that the words themselves were changed, and where they end: %s', (_, after, end) => {
    const now = followed('Dear hello you', after, { from: 5, to: 10 })
    expect({ at: now.to, rest: after.slice(now.to) }).toEqual({ at: end, rest: after.slice(end) })
  })

  it('moves a place in which nothing stands yet as a caret moves', () => {
    expect(followed('Dear you', 'Dear all you', { from: 5, to: 5 })).toMatchObject({ from: 9, to: 9 })
    expect(followed('Dear you', 'Dear me', { from: 5, to: 5 })).toMatchObject({ from: 5, to: 5 })
  })
})

/** What a person does between two segments: some of the draft gives way to some letters of theirs. */
const edit = fc.record({
  from: fc.nat(60),
  length: fc.oneof(fc.constant(0), fc.nat(3), fc.nat(60)),
  letters: fc.string({ unit: fc.constantFrom('a', 'b', ' ', '.', '\n'), maxLength: 6 }),
})
const edits = fc.array(fc.array(edit, { maxLength: 2 }), { minLength: 1, maxLength: 6 })
/** Each segment is a word that nothing else is written with. */
const segment = (number: number): string =>
  [0, 1, 2].map((at) => String.fromCodePoint(0x3_b1 + 3 * number + at)).join('')

describe('writing', () => {
  it('keeps segments in order, each once, and every letter of the person, whatever is edited meanwhile', () => {
    const isWord = (sign = ''): boolean => /[\p{L}]/u.test(sign)
    fc.assert(
      fc.property(fc.constantFrom('', 'ab', 'ab ba', 'a b.'), fc.nat(5), edits, (typed, at, rounds) => {
        let draft: string = typed
        let placed = placedAt(draft, Math.min(at, draft.length))
        let said = ''
        for (const [number, round] of rounds.entries()) {
          for (const { from, length, letters } of round)
            draft = draft.slice(0, from) + letters + draft.slice(from + length)
          said = `${said} ${segment(number)}`.trim()
          const { range, words, placed: next } = writing(placed, draft, said)
          const after = draft.slice(0, range.from) + words + draft.slice(range.to)
          expect(next.left).toBe(after)

          // Nothing but the new segment comes, between two words, behind all that is left of those before it.
          const place = after.indexOf(segment(number))
          expect(after.split(segment(number))).toHaveLength(2)
          const end = place + segment(number).length
          expect((after.slice(0, place) + after.slice(end)).replaceAll(' ', '')).toBe(
            draft.replaceAll(' ', ''),
          )
          expect(/[\u03b1-\u03ff]/u.test(after.slice(end))).toBe(false)
          if (number > 0) expect(isWord(draft[range.to - 1]) && isWord(draft[range.to])).toBe(false)
          draft = after
          placed = next
        }
      }),
      { numRuns: 500 },
    )
  })

  it('is one range while nobody writes, and knows what is whole', () => {
    const first = writing(placedAt('Dear you', 5), 'Dear you', 'hello')
    expect(first).toMatchObject({ range: { from: 5, to: 5 }, words: 'hello ' })
    const second = writing(first.placed, 'Dear hello you', 'hello world')
    expect(second).toMatchObject({ range: { from: 5, to: 11 }, words: 'hello world ' })
    expect(follow(second.placed, 'My dear hello world you').isWhole).toBe(true)
    expect(follow(second.placed, 'Dear hello worlds you').isWhole).toBe(false)
  })

  it('does not part a sign that is made of two', () => {
    const { placed } = writing(placedAt('', 0), '', 'so \u{1F600}')
    const draft = 'so \u{1F601}'
    expect(writing(placed, draft, 'so \u{1F600} it is').placed.left).toBe('so \u{1F601} it is')
    const behind = { ...placed, left: 'so \u{1F600} ok', range: { from: 0, to: 4 } }
    expect(follow(behind, 'so \u{1F600} no').range.to).not.toBe(4)
  })
})
