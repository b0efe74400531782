import { fc, test } from '@fast-check/vitest'
import { expect, it } from 'vitest'
import { parsePrice } from './parse-price'

it.each<[unknown, number | undefined]>([
  ['0.00000125', 1.25],
  ['0.0000001', 0.1],
  ['0.000003', 3],
  ['0.0000025', 2.5],
  ['0.00000015', 0.15],
  ['3e-6', 3],
  ['0', 0],
  ['0.0', 0],
  ['1.5e-7', 0.15],
  [' .000002 ', 2],
  [0.000002, 2],
  [0, 0],
  ['-1', undefined],
  [-1, undefined],
  ['-0.000001', undefined],
  ['', undefined],
  ['free', undefined],
  ['1,5', undefined],
  ['NaN', undefined],
  ['Infinity', undefined],
  ['1e999', undefined],
  ['0x10', undefined],
  [Number.NaN, undefined],
  [Number.POSITIVE_INFINITY, undefined],
  [null, undefined],
  [undefined, undefined],
  [{}, undefined],
])('%j is %j a million', (price, perMillion) => {
  expect(parsePrice(price)).toBe(perMillion)
})

test.prop([fc.integer({ min: 0, max: 1_000_000_000 })])('keeps every decimal digit', (billionths) => {
  const text = `0.${String(billionths % 1_000_000_000).padStart(9, '0')}`
  expect(parsePrice(text)).toBe((billionths % 1_000_000_000) / 1000)
})

test.prop([fc.anything()])('answers a price or nothing, whatever it is given', (price) => {
  const read = parsePrice(price)
  expect(read === undefined || (Number.isFinite(read) && read >= 0)).toBe(true)
})
