import type { DaemonEvent } from '@contract/events'
import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { createEventLog } from './event-log'

const deleted = (session: string): DaemonEvent => ({ type: 'session.deleted', session_id: session as never })
const numbers = (log: ReturnType<typeof createEventLog>, id: string) =>
  log.after(id)?.map((each) => each.id.split('-')[1])

describe('the event log', () => {
  test('numbers what is published and gives back what came after', () => {
    const log = createEventLog({ boot: 'b' })
    expect(log.last()).toBe('b-0')
    expect(log.after('b-0')).toEqual([])
    for (const name of ['one', 'two', 'three']) log.publish(deleted(name))
    expect(log.last()).toBe('b-3')
    const [two, three] = log.after('b-1') ?? []
    expect(two).toMatchObject({
      id: 'b-2',
      type: 'session.deleted',
      session_id: 'two',
      event: deleted('two'),
    })
    expect(Buffer.from(three?.json ?? []).toString()).toBe(JSON.stringify(deleted('three')))
    expect(numbers(log, 'b-0')).toEqual(['1', '2', '3'])
    expect(log.after('b-0', 2)).toHaveLength(2)
  })

  test.each(['c-1', 'b', 'b-', 'b-4', 'b--1', 'b-1.5', 'b-1e0', 'bb-1', '', 'b-99999999999999999999'])(
    'knows nothing after %j',
    (id) => {
      const log = createEventLog({ boot: 'b' })
      for (let time = 0; time < 3; time += 1) log.publish(deleted('x'))
      expect(log.after(id)).toBeUndefined()
    },
  )

  test('tells listeners until they have enough', () => {
    const log = createEventLog({ boot: 'b' })
    const heard: string[] = []
    const undo = log.listen(({ id }) => heard.push(id))
    log.publish(deleted('x'))
    expect(log.counts()).toEqual({ kept: 1, listeners: 1 })
    undo()
    log.publish(deleted('y'))
    expect(heard).toEqual(['b-1'])
    expect(log.counts()).toEqual({ kept: 2, listeners: 0 })
  })

  test('tells of one chat what is about it and what concerns everybody', () => {
    const log = createEventLog({ boot: 'b' })
    const heard: string[] = []
    const undo = log.listen(({ id }) => heard.push(id), 'x')
    for (const name of ['y', 'x']) log.publish(deleted(name))
    log.publish({ type: 'models.changed', route_id: 'r', count: 0 })
    expect(heard).toEqual(['b-2', 'b-3'])
    const undoAgain = log.listen(() => undefined, 'x')
    undo()
    undo()
    expect(log.counts().listeners).toBe(1)
    undoAgain()
    log.publish(deleted('x'))
    expect(heard).toHaveLength(2)
    expect(log.counts().listeners).toBe(0)
  })

  test('keeps the newest one however large it is', () => {
    const log = createEventLog({ boot: 'b', maxBytes: 100 })
    for (const size of [10, 10, 5_000]) log.publish(deleted('x'.repeat(size)))
    expect(numbers(log, 'b-2')).toEqual(['3'])
    expect(log.after('b-1')).toBeUndefined()
  })

  test.prop([
    fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 300 }),
    fc.integer({ min: 1, max: 60 }),
    fc.integer({ min: 60, max: 4_000 }),
  ])('keeps as many of the newest as both bounds let it, in order', (sizes, maxEvents, maxBytes) => {
    const log = createEventLog({ boot: 'b', maxEvents, maxBytes })
    const bytes: number[] = []
    for (const [at, size] of sizes.entries()) {
      log.publish(deleted('x'.repeat(size)))
      bytes.push(JSON.stringify(deleted('x'.repeat(size))).length)
      const count = at + 1
      let kept = 1
      let sum = bytes[at] ?? 0
      while (kept < Math.min(count, maxEvents) && sum + (bytes[at - kept] ?? 0) <= maxBytes) {
        sum += bytes[at - kept] ?? 0
        kept += 1
      }
      expect(log.counts().kept).toBe(kept)
      const first = count - kept
      expect(numbers(log, `b-${first}`)).toEqual(
        Array.from({ length: kept }, (_, n) => String(first + n + 1)),
      )
      if (first > 0) expect(log.after(`b-${first - 1}`)).toBeUndefined()
    }
  })

  test('keeps no memory alive but its own, whatever is used between two events', () => {
    const log = createEventLog({ boot: 'b' })
    for (let time = 0; time < 5_000; time += 1) {
      log.publish(deleted('é'.repeat(time % 200)))
      Buffer.from('short-lived'.repeat(100))
    }
    const all = log.after('b-0') ?? []
    const memory = new Set(all.map(({ json }) => json.buffer))
    const held = [...memory].reduce((sum, { byteLength }) => sum + byteLength, 0)
    const used = all.reduce((sum, { json }) => sum + json.length, 0)
    expect(held).toBeLessThan(used * 1.2)
    expect(all.at(-1)?.event).toEqual(deleted('é'.repeat(199)))
  })

  test('holds a hundred thousand events, and forgets cheaply', () => {
    const log = createEventLog({ boot: 'b' })
    for (let time = 0; time < 320_000; time += 1) log.publish(deleted('x'))
    expect(log.counts().kept).toBeGreaterThanOrEqual(100_000)
    expect(log.after('b-220000')).toHaveLength(100_000)
  })
})
