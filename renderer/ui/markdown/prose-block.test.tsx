import { fc, test } from '@fast-check/vitest'
import { renderToStaticMarkup } from 'react-dom/server'
import { Streamdown } from 'streamdown'
import { describe, expect, it } from 'vitest'
import { elements } from './elements'
import { cutParagraph } from './paragraph-pieces'
import { Prose } from './prose'
import { partTable } from './table-rows'

const inParts = (text: string, isGrowing = false) =>
  renderToStaticMarkup(<Prose text={text} plugins={{}} isGrowing={isGrowing} isWhole={false} />)
const plainly = (text: string, isGrowing = false) =>
  renderToStaticMarkup(
    <Streamdown
      className="md-prose"
      mode="streaming"
      parseIncompleteMarkdown={isGrowing}
      isAnimating={isGrowing}
      components={elements}
      controls={false}
    >
      {text}
    </Streamdown>,
  )

const cell = fc.constantFrom(
  'word',
  '',
  '**bold**',
  '`code`',
  '`a \\| b`',
  '[link](https://example.com)',
  'half **open',
  '_under',
  'a<br>b',
  '<b>tag</b>',
  '~~gone~~',
  '![x](https://example.com/x.png)',
  'https://example.com',
  '\\|',
)
const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
const rows = fc.oneof(
  { weight: 20, arbitrary: fc.array(cell, { minLength: 1, maxLength: 4 }).map(row) },
  { weight: 1, arbitrary: fc.constantFrom('no bar', '> quote', '', '# heading', '  | a | b |', '- item') },
)
const table = fc
  .tuple(
    fc.constantFrom('', 'Before\n\n', '# Title\n', 'Before\n', '- item\n\n'),
    fc.constantFrom(
      '| a | b | c |\n| --- | :-: | ---: |',
      '| a |\n|---|',
      '| a | b |\n| --- |',
      '| a \\| b |\n|:--|',
    ),
    fc.array(rows, { maxLength: 40 }),
    fc.constantFrom('', '\n', '\n\nAfter', '\nAfter'),
  )
  .map(([before, head, body, after]) => `${before}${head}\n${body.join('\n')}${after}`)

const words = fc.constantFrom(
  'Plain words go on. ',
  'It is **bold** and *leaning*. ',
  'See `code` there. ',
  'Is it? ',
  '[A link](https://example.com/a) follows. ',
  'snake_case stays. ',
)
const odd = fc.constantFrom(
  'half **open. ',
  '2 * 3. ',
  '$5. ',
  '[open. ',
  'a_ b. ',
  '<i>x. ',
  '\\*. ',
  'x** y. ',
  '3. Three. ',
)
const paragraph = fc
  .array(fc.oneof({ weight: 400, arbitrary: words }, { weight: 1, arbitrary: odd }), {
    minLength: 250,
    maxLength: 500,
  })
  .map((all) => all.join(''))

describe('a block in parts is drawn as the whole', () => {
  test.prop([table, fc.double({ min: 0, max: 1, noNaN: true })], { numRuns: 60 })(
    'a table, cut anywhere',
    (text, share) => {
      const cut = text.slice(0, Math.round(text.length * share))
      expect(inParts(cut)).toBe(plainly(cut))
      expect(inParts(text)).toBe(plainly(text))
    },
  )
  test.prop([paragraph, fc.double({ min: 0, max: 1, noNaN: true })], { numRuns: 10 })(
    'a paragraph, cut anywhere',
    (text, share) => {
      const cut = text.slice(0, Math.round(text.length * share))
      expect(inParts(cut)).toBe(plainly(cut))
      expect(inParts(text)).toBe(plainly(text))
    },
  )
})

const tableOf = (count: number) =>
  `| a | b |\n|---|---|\n${Array.from({ length: count }, (_, at) => `| ${at} | x |\n`).join('')}`

describe('a table', () => {
  it('comes apart in groups that stay the same while it grows', () => {
    const before = partTable(tableOf(20))
    const after = partTable(tableOf(21))
    expect(before?.groups).toHaveLength(3)
    expect(after?.groups.slice(0, 2)).toEqual(before?.groups.slice(0, 2))
    expect(inParts(tableOf(500)).match(/<tr>/g)).toHaveLength(501)
  })
  it.each([
    ['short', tableOf(8)],
    ['of rows that hold markup', `${tableOf(20)}| <div> | x |`],
    ['with a line that is none of its rows', `${tableOf(20)}so they say`],
    ['whose head fits no rule', tableOf(20).replace('| a | b |', '| a |')],
  ])('%s stays whole', (_name, text) => expect(partTable(text)).toBeNull())
})

describe('a paragraph', () => {
  const long = 'It says **something** about that matter. '.repeat(400)
  it('comes apart in pieces that stay the same while it grows', () => {
    const before = cutParagraph(long)
    const after = cutParagraph(`${long}More of it.`)
    expect(before?.length).toBeGreaterThan(8)
    expect(after?.slice(0, -1)).toEqual(before?.slice(0, -1))
    expect(before?.join(' ')).toBe(long.trimEnd())
  })
  it('is not cut behind a mark that may still find its partner', () => {
    expect(cutParagraph(`An **open mark. ${long}`)).toBeNull()
    expect(cutParagraph(`A price of $5. ${long}`)).toBeNull()
  })
})
