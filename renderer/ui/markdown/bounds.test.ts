import { describe, expect, it } from 'vitest'
import { boundIndent, longestShown, shownPart } from './bounds'

describe('shownPart', () => {
  it('is the text itself as long as a model can write', () => {
    const text = 'a'.repeat(longestShown)
    expect(shownPart(text)).toBe(text)
  })
  it('never ends in half a character', () => {
    const text = `${'a'.repeat(longestShown - 1)}👍 and more`
    expect(shownPart(text)).toBe('a'.repeat(longestShown - 1))
  })
})

describe('boundIndent', () => {
  it('leaves what people and models write alone', () => {
    const text = `- a\n${' '.repeat(40)}- b\n\n${' '.repeat(80)}c\n   \n`
    expect(boundIndent(text)).toBe(text)
  })
  it('cuts indents that no window shows', () => {
    expect(boundIndent(`a\n${' '.repeat(2_000)}- b`)).toBe(`a\n${' '.repeat(80)}- b`)
  })
})
