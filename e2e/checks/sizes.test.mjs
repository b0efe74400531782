import { expect, test } from 'vitest'
import { sizeFindings } from './sizes.mjs'

const lines = (path, count) => ({ path, text: 'a\n'.repeat(count) })
const small = Array.from({ length: 20 }, (_, i) => lines(`main/small-${i}.ts`, 40))

test('small files pass, and so do files that are not code', () => {
  expect(sizeFindings([...small, lines('README.md', 2000)], [])).toEqual([])
})

test('a file past the wall is found', () => {
  expect(sizeFindings([...small, lines('main/large.ts', 401)], [])).toEqual([
    expect.stringContaining('has 401 lines'),
  ])
  expect(sizeFindings([...small, lines('main/large.test.ts', 450)], [])).toEqual([])
  expect(sizeFindings([...small, lines('main/large.test.ts', 501)], [])).toHaveLength(1)
})

test('an exception needs a date and a reason, and goes when it is not needed any more', () => {
  const large = lines('main/large.ts', 401)
  const exception = { path: 'main/large.ts', date: '2026-11-22', reason: 'one table' }
  expect(sizeFindings([...small, large], [exception])).toEqual([])
  expect(sizeFindings([...small, large], [{ ...exception, reason: '' }])).toHaveLength(1)
  expect(sizeFindings([...small, lines('main/large.ts', 100)], [exception])).toHaveLength(1)
  expect(sizeFindings(small, [exception])).toEqual([expect.stringContaining('is gone')])
})

test('the project as a whole stays small', () => {
  const medium = Array.from({ length: 9 }, (_, i) => lines(`main/medium-${i}.ts`, 90))
  expect(sizeFindings(medium, [])).toEqual([expect.stringContaining('the median source has 90 lines')])
  const broad = Array.from({ length: 5 }, (_, i) => lines(`main/broad-${i}.ts`, 230))
  expect(sizeFindings([...small, ...broad], [])).toEqual([expect.stringContaining('nine in ten')])
})
