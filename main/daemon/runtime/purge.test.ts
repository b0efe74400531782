import { expect, test } from 'vitest'
import type { SessionId } from '@contract/ids'
import { fakeClock } from '../ports/clock.fake'
import { fakeLog } from '../ports/log.fake'
import type { Store } from '../ports/store'
import { createPurge, restorableFor } from './purge'

function setUp() {
  const clock = fakeClock(0)
  const swept: number[] = []
  const told = { purged: 0 }
  const sessions = {
    purgeDeleted: (at_ms: number) => {
      swept.push(at_ms)
      return swept.length === 1 ? ['s' as SessionId] : []
    },
  }
  // Only the sweep is touched.
  const transaction = <T>(work: () => T) => work()
  const store = { sessions, transaction, derivations: { removeOf: () => [] } } as unknown as Store
  const purged = () => void (told.purged += 1)
  return { clock, swept, told, purge: createPurge({ store, clock, log: fakeLog(), purged }) }
}

test('sweeps what was deleted by then when its time is over, not what was deleted later', async () => {
  const { clock, swept, told, purge } = setUp()
  expect(purge.schedule()).toBe(restorableFor)
  await clock.advance(10)
  purge.schedule()
  await clock.advance(restorableFor - 11)
  expect(swept).toEqual([])
  await clock.advance(1)
  expect(swept).toEqual([1])
  await clock.advance(10)
  expect(swept).toEqual([1, 11])
  // Once for the chat that was gone, not for a look that found none: its evidence is swept then.
  expect(told.purged).toBe(1)
})

test('stops with the daemon', async () => {
  const { clock, swept, purge } = setUp()
  purge.schedule()
  purge.stop()
  await clock.advance(restorableFor)
  expect(swept).toEqual([])
  expect(clock.waiting()).toBe(0)
})
