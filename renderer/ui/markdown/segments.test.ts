import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { unifyMath } from './math-marks'
import { cut, hasDefinitions, segmentsOf, uncut } from './segments'

const whole = (text: string) => segmentsOf(cut(uncut, text))
const long = 'A sentence that says something. '.repeat(50)

describe('cutting Markdown', () => {
  it('keeps short prose in one piece', () => {
    expect(whole('# One\n\ntwo\n\n- three\n')).toEqual([{ kind: 'prose', text: '# One\n\ntwo\n\n- three\n' }])
  })

  it('takes fences at the left edge out, open or closed', () => {
    expect(whole('before\n```ts title="x"\nlet a = 1\n```\nafter')).toEqual([
      { kind: 'prose', text: 'before\n' },
      { kind: 'code', language: 'ts', code: 'let a = 1', isOpen: false },
      { kind: 'prose', text: 'after' },
    ])
    expect(whole('```\na\n\nb')).toEqual([{ kind: 'code', language: '', code: 'a\n\nb', isOpen: true }])
    expect(whole('```\na\n```')).toEqual([{ kind: 'code', language: '', code: 'a', isOpen: false }])
  })

  it('ends a long fence only at a fence as long', () => {
    expect(whole('````md\n```\ninner\n```\n````\n')).toEqual([
      { kind: 'code', language: 'md', code: '```\ninner\n```', isOpen: false },
    ])
  })

  it('leaves fences inside lists to the parser', () => {
    expect(whole('1. one\n   ```sh\n   ls\n   ```\n2. two')).toHaveLength(1)
  })

  it.each([
    ['list', `- ${long}\n\n- second`],
    ['table', `${long}\n\n| a | b |\n| - | - |`],
    ['mathematics', `$$\n${long}\n\nx\n$$`],
    ['html', `<details>\n\n${long}\n\ninside\n</details>`],
    ['indented code', `${long}\n\n    code`],
  ])('does not cut into a %s', (_name, text) => {
    expect(whole(text)).toHaveLength(1)
  })

  it('cuts long prose where a paragraph begins, and never touches what is settled', () => {
    const before = cut(uncut, `${long}\n\nSecond`)
    const after = cut(before, `${long}\n\nSecond paragraph, and more`)
    expect(before.settled).toHaveLength(0)
    const later = cut(after, `${long}\n\nSecond paragraph, and more\n\nThird\n`)
    expect(later.settled).toHaveLength(1)
    expect(cut(later, `${later.text}more\n`).settled[0]).toBe(later.settled[0])
  })

  const pieces = fc.array(
    fc.constantFrom(
      '```\n',
      '~~~\n',
      '\n',
      '\n\n',
      long,
      '- item\n',
      '$$\n',
      'x = 1\n',
      '| a |\n',
      '<div>\n',
      'ab',
    ),
    { maxLength: 40 },
  )
  test.prop([pieces])('comes to the same however the text arrived', (words) => {
    const text = words.join('')
    let cutting = uncut
    let sofar = ''
    for (const word of words) cutting = cut(cutting, (sofar += word))
    expect(segmentsOf(cutting)).toEqual(whole(text))
  })
  test.prop([pieces])('loses no prose', (words) => {
    const text = words.join('').replaceAll(/[`~]/g, '')
    const prose = whole(text).map((segment) => (segment.kind === 'prose' ? segment.text : ''))
    expect(prose.join('').trim()).toBe(text.trim())
  })
})

it('knows texts whose definitions reach over the whole', () => {
  expect(hasDefinitions('See [^1].\n\n[^1]: note')).toBe(true)
  expect(hasDefinitions('[link](https://example.org): text')).toBe(false)
})

describe('mathematics', () => {
  it.each([
    ['\\(x^2\\)', '$$x^2$$'],
    ['so $x_1$ is', 'so $$x_1$$ is'],
    ['\\[\na = b\n\\]', '\n$$\na = b\n$$\n'],
    ['costs $5 and $10', 'costs $5 and $10'],
    ['from $5-$10', 'from $5-$10'],
    ['`$HOME$` and ```\n$x$\n```', '`$HOME$` and ```\n$x$\n```'],
    ['$$\nx\n$$', '$$\nx\n$$'],
    ['no dollars', 'no dollars'],
  ])('%s', (from, to) => expect(unifyMath(from)).toBe(to))
})
