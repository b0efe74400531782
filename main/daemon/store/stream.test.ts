import { fc, test } from '@fast-check/vitest'
import type { Batch, Growing } from '@contract/fold'
import { fold } from '@contract/fold'
import type { MessageId } from '@contract/ids'
import Sqlite from 'better-sqlite3'
import { expect, it } from 'vitest'
import { aMessage, messageId, runId, sessionId } from './sample'
import { storeOn } from './store-on'

const setup = { now: () => 1, newRootId: () => 'root' }
const names = ['a', 'b', 'c', 'd'].map(messageId)

/** Answers that grow, on a database that can be opened again as a killed process leaves it. */
function setUp() {
  const db = new Sqlite(':memory:')
  let store = storeOn(db, setup)
  store.sessions.create({ session_id: sessionId('s1'), title: '', at_ms: 1 })
  store.sessions.create({ session_id: sessionId('branch'), title: '', at_ms: 1 })
  for (const id of names) store.messages.add(aMessage(id, { role: 'assistant', parts: [] }))
  let copies = 0
  const rows = db.prepare<[], number>('SELECT count(*) FROM stream_batch').pluck()
  return {
    messages: () => store.messages,
    sessions: () => store.sessions,
    branch: (id: MessageId) =>
      store.messages.copyPath(
        id,
        sessionId('branch'),
        () => messageId(`copy ${(copies += 1)}`),
        () => runId('none'),
      ),
    transaction: (work: () => void) => store.transaction(work),
    reopen: () => void (store = storeOn(db, setup)),
    rows: () => rows.get(),
  }
}

const next = ({ seen }: Growing): Batch => ({
  from: seen + 1,
  upto: seen + 2,
  deltas: [
    seen === 0
      ? { at: 'part', part: { kind: 'text', text: '' } }
      : { at: 'text', place: 0, add: ` ${seen + 1}` },
    { at: 'text', place: 0, add: ` ${seen + 2}` },
  ],
})

const name = fc.constantFrom(...names)
const act = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('grow' as const), ids: fc.array(name) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constantFrom('settle' as const, 'settle and undo' as const, 'branch' as const),
      id: name,
    }),
  },
  fc.record({ do: fc.constant('leave a hole' as const), ids: fc.array(name), id: name }),
  fc.record({ do: fc.constant('reopen' as const) }),
)

// Opening a store is most of the time this takes.
test.prop([fc.array(act, { maxLength: 40 })], { numRuns: 25 })(
  'whatever is received, settled, undone, branched, refused and opened again, every message is what it received',
  (acts) => {
    const house = setUp()
    const expected = new Map<MessageId, Growing>(names.map((id) => [id, { parts: [], seen: 0 }]))
    const settled = new Map<MessageId, number>(names.map((id) => [id, 0]))
    const growth = (ids: readonly MessageId[]) => {
      const after = new Map(expected)
      const group = ids.map((id) => {
        const before = after.get(id) as Growing
        const batch = next(before)
        after.set(id, fold(before, batch) as Growing)
        return { id, batch }
      })
      return { group, after }
    }
    for (const each of acts) {
      if (each.do === 'grow') {
        const { group, after } = growth(each.ids)
        house.messages().appendBatches(group)
        for (const [id, growing] of after) expected.set(id, growing)
      } else if (each.do === 'settle') {
        house.messages().settle(each.id)
        settled.set(each.id, expected.get(each.id)?.seen ?? 0)
      } else if (each.do === 'settle and undo') {
        const undone = () =>
          house.transaction(() => {
            house.messages().settle(each.id)
            throw new Error('undone')
          })
        expect(undone).toThrowError('undone')
      } else if (each.do === 'branch') {
        expected.set(house.branch(each.id), expected.get(each.id) as Growing)
      } else if (each.do === 'leave a hole') {
        const { group, after } = growth(each.ids)
        const far = { ...next(after.get(each.id) as Growing), from: 1_000, upto: 1_001 }
        const refused = () => house.messages().appendBatches([...group, { id: each.id, batch: far }])
        expect(refused).toThrowError('gap')
      } else house.reopen()
      for (const [id, growing] of expected) expect(house.messages().get(id)).toMatchObject(growing)
      if (names.every((id) => settled.get(id) === expected.get(id)?.seen)) expect(house.rows()).toBe(0)
    }
    house.reopen()
    for (const [id, growing] of expected) expect(house.messages().settle(id)).toMatchObject(growing)
    expect(house.rows()).toBe(0)
  },
)

it('goes with the chat it belongs to, while another message grows', () => {
  const house = setUp()
  house.sessions().create({ session_id: sessionId('s2'), title: '', at_ms: 1 })
  house.messages().add(aMessage('e', { session_id: sessionId('s2'), role: 'assistant', parts: [] }))
  const first = next({ parts: [], seen: 0 })
  const received = ['e', 'a'].map((id) => ({ id: messageId(id), batch: first }))
  house.messages().appendBatches(received)
  house.sessions().markDeleted(sessionId('s2'), 2)
  house.sessions().purgeDeleted(3)
  expect(house.rows()).toBe(1)
  expect(() =>
    house.messages().appendBatches([{ id: messageId('e'), batch: { ...first, from: 3, upto: 4 } }]),
  ).toThrowError(expect.objectContaining({ fault: expect.objectContaining({ code: 'message_not_found' }) }))
  house.messages().settle(messageId('a'))
  expect(house.rows()).toBe(0)
})

it('stays short while a message is silent for long', () => {
  const house = setUp()
  const [silent, busy] = ['a', 'b'].map(messageId) as [MessageId, MessageId]
  const received = new Map<MessageId, Growing>(names.map((id) => [id, { parts: [], seen: 0 }]))
  const grow = (id: MessageId, times: number) =>
    house.messages().appendBatches(
      Array.from({ length: times }, () => {
        const before = received.get(id) as Growing
        const batch = next(before)
        received.set(id, fold(before, batch) as Growing)
        return { id, batch }
      }),
    )
  grow(silent, 1)
  for (let round = 0; round < 24; round += 1) grow(busy, 1_000)
  // Begun anew when there were 20,001.
  expect(house.rows()).toBe(4_000)
  for (const look of [() => undefined, house.reopen]) {
    look()
    for (const id of [silent, busy])
      expect(house.messages().get(id)).toMatchObject(received.get(id) as object)
  }
  grow(silent, 1)
  expect(house.messages().settle(silent)).toMatchObject(received.get(silent) as object)
  house.reopen()
  expect(house.messages().settle(busy)).toMatchObject(received.get(busy) as object)
  expect(house.rows()).toBe(0)
})

it('is never part of a transaction that could be undone after it was told', () => {
  const house = setUp()
  const inside = () => house.transaction(() => house.messages().appendBatches([]))
  expect(inside).toThrowError('of their own')
})
