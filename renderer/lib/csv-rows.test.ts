import { expect, test } from 'vitest'
import { csvRows } from './csv-rows'

test.each<[string, string, string[][]]>([
  [
    'commas',
    'a,b\n1,2\n',
    [
      ['a', 'b'],
      ['1', '2'],
    ],
  ],
  [
    'semicolons, with commas inside',
    'a;b\n1,5;2\n',
    [
      ['a', 'b'],
      ['1,5', '2'],
    ],
  ],
  [
    'tabs and Windows lines',
    'a\tb\r\n1\t2\r\n',
    [
      ['a', 'b'],
      ['1', '2'],
    ],
  ],
  [
    'quotes, lines and separators inside quotes',
    'a,b\n"x, ""y""","1\n2"',
    [
      ['a', 'b'],
      ['x, "y"', '1\n2'],
    ],
  ],
  [
    'empty cells and no last line',
    'a,,\n,b',
    [
      ['a', '', ''],
      ['', 'b'],
    ],
  ],
  ['a quote that never ends', '"a,b\nc', [['a,b\nc']]],
  ['nothing', '', []],
])('%s', (_, text, rows) => {
  expect(csvRows(text)).toEqual({ rows, isCut: false })
})

test('a long table says that it goes on', () => {
  const lines = (count: number) => 'a,b\n'.repeat(count)
  expect(csvRows(lines(300))).toMatchObject({ isCut: false })
  const long = csvRows(lines(301))
  expect([long.rows.length, long.isCut]).toEqual([300, true])
})
