import { fc, test } from '@fast-check/vitest'
import { expect, it } from 'vitest'
import { createEventSplitter } from './split-events'

function split(pieces: readonly string[]): string[] {
  const splitter = createEventSplitter()
  const events = pieces.flatMap((piece) => splitter.take(piece))
  const rest = splitter.rest()
  return rest === '' ? events : [...events, rest]
}

it.each([
  ['data: a\n\ndata: b\n\n', ['data: a\n\n', 'data: b\n\n']],
  [': x\r\n\r\ndata: b\r\n\r\n', [': x\r\n\r\n', 'data: b\r\n\r\n']],
  ['data: a\ndata: b\n\nhalf', ['data: a\ndata: b\n\n', 'half']],
  ['data: a\r\rdata: b', ['data: a\r\r', 'data: b']],
  ['', []],
])('%j', (text, events) => {
  expect(split([text])).toEqual(events)
  expect(split([...text])).toEqual(events)
})

const stream = fc.array(fc.constantFrom('data: a', ': b', '\n', '\r\n', '\r', '\n\n', 'x'), { maxLength: 40 })
test.prop([stream])('loses nothing, and ends no event early', (pieces) => {
  const events = split(pieces)
  expect(events.join('')).toBe(pieces.join(''))
  for (const event of events.slice(0, -1)) expect(event).toMatch(/(?:\r\n|\n|\r)(?:\r\n|\n|\r)$/)
})
