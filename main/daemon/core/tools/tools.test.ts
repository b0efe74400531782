import type { Delta } from '@contract/fold'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { inGroups } from './in-groups'
import { byteLength, sizeOf, toolLimits } from './limits'
import { placeTurn } from './place-turn'
import { readArguments } from './read-arguments'
import { nothingBrought, outputText, weigh } from './result'

describe('arguments', () => {
  test.each([
    ['', {}],
    ['  \n', {}],
    ['null', {}],
    ['{}', {}],
    ['{"a":[1]}\n ', { a: [1] }],
  ])('%j is %j', (text, input) => expect(readArguments(text, 100)).toEqual({ input }))

  test.each(['{"a":', '{"a":1} {"a":1}', 'nothing', '[1]', '"{}"', '7', 'true'])('%s goes back', (text) => {
    expect(readArguments(text, 100)).toMatchObject({ trouble: expect.stringContaining('JSON') as string })
  })

  test('the limit is of bytes', () => {
    const text = '{"a":"é"}'
    expect(readArguments(text, 10)).toEqual({ input: { a: 'é' } })
    expect(readArguments(text, 9)).toHaveProperty('trouble')
    expect(readArguments('x'.repeat(11), 10)).toHaveProperty('trouble')
  })
})

test('bytes are those of UTF-8, whatever the text', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', maxLength: 20 }),
      fc.constantFrom('', '\ud800', '\udc00'),
      (text, half) => {
        expect(byteLength(text + half)).toBe(Buffer.byteLength(text + half))
      },
    ),
  )
  expect([sizeOf(12), sizeOf(16 * 1024 * 1024), sizeOf(16 * 1024 * 1024 + 1)]).toEqual([
    '12 bytes',
    '16 MiB',
    '16.1 MiB',
  ])
})

test('neighbours that may stand together, in order; nobody is lost', () => {
  expect(inGroups(['a', 'b', 'X', 'Y', 'c'], (one) => one === one.toLowerCase())).toEqual([
    ['a', 'b'],
    ['X'],
    ['Y'],
    ['c'],
  ])
  fc.assert(
    fc.property(fc.array(fc.integer()), (calls) => {
      expect(inGroups(calls, (one) => one % 2 === 0).flat()).toEqual(calls)
    }),
  )
})

describe('results', () => {
  const limits = { ...toolLimits, output: 10, envelope: 30, turn_output: 15, turn_envelope: 60 }

  test('a string goes as it is, everything else as JSON', () => {
    expect(['a "b"', { a: 1 }, undefined, null, 7].map(outputText)).toEqual([
      'a "b"',
      '{"a":1}',
      '',
      'null',
      '7',
    ])
  })

  test('one too large is refused, and so is what is too much together', () => {
    const first = weigh('0123456789', {}, nothingBrought, limits)
    expect(first).toEqual({ after: { output: 10, envelope: 12 } })
    expect(weigh('0123456789a', {}, nothingBrought, limits)).toHaveProperty('trouble')
    expect(weigh('0', { shown: 'x'.repeat(30) }, nothingBrought, limits)).toHaveProperty('trouble')
    expect(weigh('012345', {}, { output: 10, envelope: 12 }, limits)).toHaveProperty('trouble')
    expect(weigh('0', { a: 'b' }, { output: 10, envelope: 55 }, limits)).toHaveProperty('trouble')
  })
})

test('a later turn stands behind what is there, and no call has the id of another', () => {
  const call = (call_id: string): Delta => ({
    at: 'part',
    part: { kind: 'tool_call', call_id, name: 'a', arguments: '', state: 'building' },
  })
  const used = new Set(['call_1'])
  const placed = placeTurn([call('call_1'), { at: 'tool', place: 0, add: '{}' }, call('call_1'), call('x')], {
    base: 3,
    turn: 2,
    used,
  })
  expect(placed.map((delta) => (delta.at === 'part' ? delta.part : delta))).toMatchObject([
    { call_id: 'call_1_2', turn: 2 },
    { at: 'tool', place: 3, add: '{}' },
    { call_id: 'call_1_3', turn: 2 },
    { call_id: 'x', turn: 2 },
  ])
  expect(placeTurn([call('new')], { base: 0, turn: 1, used })[0]).toEqual(call('new'))
})
