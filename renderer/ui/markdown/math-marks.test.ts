import { expect, test } from 'vitest'
import { unifyMath } from './math-marks'

test('a formula on a line of its own becomes a display', () => {
  expect(unifyMath('So\n\n$$a = b$$\n\nholds')).toBe('So\n\n$$\na = b\n$$\n\nholds')
  expect(unifyMath('$$a = b$$')).toBe('$$\na = b\n$$')
})

test('a formula inside a sentence stays in it', () => {
  expect(unifyMath('here $$a$$ it is')).toBe('here $$a$$ it is')
  expect(unifyMath('$$a$$ begins')).toBe('$$a$$ begins')
})

test('every spelling becomes the one that is parsed', () => {
  expect(unifyMath('\\(a\\) and \\[b\\] and $c$')).toBe('$$a$$ and \n$$\nb\n$$\n and $$c$$')
})

test('code and prices are left alone', () => {
  expect(unifyMath('`$a$` costs $5 or $6')).toBe('`$a$` costs $5 or $6')
  expect(unifyMath('```\n$$a$$\n```')).toBe('```\n$$a$$\n```')
})
