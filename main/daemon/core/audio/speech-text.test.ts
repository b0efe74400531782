import { describe, expect, test } from 'vitest'
import { speechTextOf, spokenWords } from './speech-text'

describe('what is read of an answer', () => {
  test.each([
    ['plain words', 'Hello there. How are you?', 'Hello there. How are you?'],
    ['code', 'Run this:\n\n```sh\nrm -rf x\n```\n\nThen stop.', 'Run this:\n\nThen stop.'],
    ['code that never ends', 'So:\n```js\nlet a = 1\n', 'So:'],
    ['code within a list', '- One\n  ~~~\n  x\n  ~~~\n- Two', 'One.\n\nTwo.'],
    ['code within words', 'Call `foo()` and ``a`b``.', 'Call foo() and a`b.'],
    ['headings', '# Title\n\nText.', 'Title.\n\nText.'],
    ['lists', '- first\n* second!\n1. third\n- [x] done', 'first.\nsecond!\n1. third.\ndone.'],
    ['emphasis', '**Bold**, *it*, __b__, _i_, ~~no~~ and ***all***', 'Bold, it, b, i, no and all'],
    ['names with underscores', 'snake_case_name and 2 * 3 * 4', 'snake_case_name and 2 * 3 * 4'],
    [
      'links',
      'See [the page](https://a.example/x_(y)) or [it][1].\n\n[1]: https://a.example',
      'See the page or it.',
    ],
    [
      'addresses',
      'At https://www.example.com/a/b?c=d. And <https://x.example/>',
      'At example.com. And x.example',
    ],
    ['pictures', '![A fox](fox.png) runs', 'A fox runs'],
    ['quotes and rules', '> Wise words\n> go on\n\n---\n\nEnd', 'Wise words\ngo on\n\nEnd'],
    ['tables', '| Name | Age |\n|:--|--:|\n| Ann | 7 |', 'Name, Age.\n\nAnn, 7.'],
    [
      'formulas',
      'Take $x+1$ for $5 or \\(y\\).\n\n$$\n\\int x\n$$\n\n\\[ a \\]\nDone',
      'Take x+1 for $5 or y.\n\nDone',
    ],
    ['footnotes', 'So it is[^1].\n\n[^1]: A source', 'So it is.'],
    ['HTML', 'a<br>b <b>c</b> <!-- no --> 1 < 2', 'a b c 1 < 2'],
    ['escapes', '\\*not bold\\* \\# no', '*not bold* # no'],
    ['nothing but code', '```\nx\n```', ''],
  ])('%s', (_, markdown, words) => expect(spokenWords(markdown)).toBe(words))

  test('is its words alone: neither thoughts nor tools', () => {
    expect(
      speechTextOf([
        { kind: 'reasoning', text: 'hm', details: [] },
        { kind: 'text', text: 'One.' },
        { kind: 'tool_call', call_id: 'c', name: 'x', arguments: '{}', state: 'done' },
        { kind: 'text', text: '```\nx\n```' },
        { kind: 'text', text: 'Two.', emitted: true },
      ]),
    ).toBe('One.\n\nTwo.')
  })
})
