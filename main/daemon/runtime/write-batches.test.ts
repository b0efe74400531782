import { fault } from '@contract/fault'
import type { Batch } from '@contract/fold'
import type { MessageId } from '@contract/ids'
import { beforeEach, expect, test } from 'vitest'
import { Failure } from '../core/failure'
import { fakeClock } from '../ports/clock.fake'
import type { MessageWriter } from '../ports/store'
import type { BatchFate, BatchWriter } from './write-batches'
import { createBatchWriter } from './write-batches'

const id = (name: string) => name as MessageId
const batch = (seq: number, text = String(seq)): Batch => ({
  from: seq,
  upto: seq,
  deltas: [{ at: 'text', place: 0, add: text }],
})

let clock: ReturnType<typeof fakeClock>
/** What happened, in order; `(…)` is a transaction. */
let log: string[]
let refusing: (message: string) => boolean
let underWay: number
let writer: BatchWriter

beforeEach(() => {
  clock = fakeClock()
  log = []
  refusing = () => false
  underWay = 8
  const messages: Pick<MessageWriter, 'appendBatches'> = {
    appendBatches: (group) => {
      if (group.some(({ id: message }) => refusing(message))) {
        if (group.length > 1) log.push('(undone)')
        throw new Failure(fault('storage_full', 'The disk is full.'))
      }
      const rows = group.map(({ id: message, batch: { from, upto } }) => `${message} ${from}-${upto}`)
      log.push(rows.length > 1 ? `(${rows.join(', ')})` : rows.join())
    },
  }
  // The writer asks for nothing else of the messages.
  const store = { messages: messages as MessageWriter }
  writer = createBatchWriter({ store, clock, runsUnderWay: () => underWay })
})

const fateOf = (name: string): BatchFate => ({
  stored: ({ from, upto }) => log.push(`told ${name} ${String(from)}-${String(upto)}`),
  refused: (error) => log.push(`refused ${name} ${error instanceof Failure ? error.fault.code : ''}`),
})
const write = (name: string, seq: number, fate = fateOf(name)) => writer.write(id(name), batch(seq), fate)

test('with few runs every batch is written and told at once', () => {
  underWay = 7
  write('a', 1)
  write('a', 2)
  expect(log).toEqual(['a 1-1', 'told a 1-1', 'a 2-2', 'told a 2-2'])
  expect(clock.waiting()).toBe(0)
})

test('with many, those of 5 ms are one transaction, told after it in the order of their arrival', async () => {
  write('a', 1)
  await clock.advance(3)
  write('b', 1)
  write('a', 2)
  await clock.advance(1)
  expect(log).toEqual([])
  await clock.advance(1)
  expect(log).toEqual(['(a 1-2, b 1-1)', 'told a 1-2', 'told b 1-1'])
  expect(clock.waiting()).toBe(0)
})

test.each([
  [16, 8],
  [30, 15],
  [500, 15],
])('with %i runs they wait %i ms for each other', async (runs, ms) => {
  underWay = runs
  write('a', 1)
  await clock.advance(ms - 1)
  expect(log).toEqual([])
  await clock.advance(1)
  expect(log).toEqual(['a 1-1', 'told a 1-1'])
})

test('what waits is written when somebody needs it, and no timer is left', async () => {
  write('a', 1)
  write('b', 1)
  writer.flush(id('c'))
  expect(log).toEqual([])
  writer.flush(id('b'))
  writer.flush(id('b'))
  expect(log).toEqual(['(a 1-1, b 1-1)', 'told a 1-1', 'told b 1-1'])
  expect(clock.waiting()).toBe(0)
  await clock.advance(10)
  expect(log).toHaveLength(3)
})

test('when the others have ended, what waited is written before what comes now', () => {
  write('a', 1)
  underWay = 1
  write('b', 1)
  expect(log).toEqual(['(a 1-1, b 1-1)', 'told a 1-1', 'told b 1-1'])
})

test('one that is refused harms no other', async () => {
  refusing = (message) => message === 'b'
  for (const name of ['a', 'b', 'c']) write(name, 1)
  await clock.advance(5)
  expect(log).toEqual(['(undone)', 'a 1-1', 'told a 1-1', 'refused b storage_full', 'c 1-1', 'told c 1-1'])
})

test('a full disk is told to each, once', async () => {
  refusing = () => true
  for (const name of ['a', 'b']) write(name, 1)
  await clock.advance(50)
  expect(log).toEqual(['(undone)', 'refused a storage_full', 'refused b storage_full'])
})

test('who fails at the telling is refused, and the others are told', async () => {
  const throwing: BatchFate = {
    ...fateOf('a'),
    stored: () => {
      throw new Error('odd')
    },
  }
  write('a', 1, throwing)
  write('b', 1)
  await clock.advance(5)
  expect(log).toEqual(['(a 1-1, b 1-1)', 'refused a ', 'told b 1-1'])
})
