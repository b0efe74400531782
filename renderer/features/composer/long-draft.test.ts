import { describe, expect, it } from 'vitest'
import { boxLimit, countLines, holdPaste, joinDrafts, splitDraft } from './long-draft'

describe('a long draft', () => {
  const long = 'x'.repeat(boxLimit + 1)

  it('stays in the box while it is short', () => {
    expect(splitDraft('hello', null)).toEqual({ typed: 'hello', held: '' })
    expect(holdPaste('hello', '', 'world')).toBeNull()
  })

  it('keeps a pasted giant out of the box, after what was typed', () => {
    const held = holdPaste('Summarise:', '', long)
    expect(held?.draft).toBe(`Summarise:\n\n${long}`)
    expect(splitDraft(held?.draft ?? '', held?.heldFrom ?? null)).toEqual({
      typed: 'Summarise:',
      held: `\n\n${long}`,
    })
  })

  it('holds the whole of a long draft that comes back from the daemon', () => {
    expect(splitDraft(long, null)).toEqual({ typed: '', held: long })
  })

  it('never loses a character', () => {
    for (const at of [null, 0, 5, boxLimit, boxLimit + 5]) {
      const { typed, held } = splitDraft(long, at)
      expect(typed + held).toBe(long)
    }
  })

  it('joins drafts by a blank line and counts lines', () => {
    expect(joinDrafts('a', 'b')).toBe('a\n\nb')
    expect(joinDrafts(' ', 'b')).toBe('b')
    expect(joinDrafts('a', '')).toBe('a')
    expect(countLines('a\nb\n')).toBe(3)
  })
})
