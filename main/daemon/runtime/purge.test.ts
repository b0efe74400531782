import { expect, test } from 'vitest'
import type { SessionId } from '@contract/ids'
import { fakeClock } from '../ports/clock.fake'
import { fakeLog } from '../ports/log.fake'
import type { Store } from '../ports/store'
import { createPurge, restorableFor } from './purge'

function setUp() {
  const clock = fakeClock(0)
  const swept: number[] = []
  const sessions = {
    purgeDeleted: (at_ms: number) => {
      swept.push(at_ms)
      return ['s' as SessionId]
    },
  }
  // Only the sweep is touched.
  const store = { sessions } as unknown as Store
  return { clock, swept, purge: createPurge({ store, clock, log: fakeLog(), purged: () => undefined }) }
}

test('sweeps what was deleted by then when its time is over, not what was deleted later', async () => {
  const { clock, swept, purge } = setUp()
  expect(purge.schedule()).toBe(restorableFor)
  await clock.advance(10)
  purge.schedule()
  await clock.advance(restorableFor - 11)
  expect(swept).toEqual([])
  await clock.advance(1)
  expect(swept).toEqual([1])
  await clock.advance(10)
  expect(swept).toEqual([1, 11])
})

test('stops with the daemon', async () => {
  const { clock, swept, purge } = setUp()
  purge.schedule()
  purge.stop()
  await clock.advance(restorableFor)
  expect(swept).toEqual([])
  expect(clock.waiting()).toBe(0)
})
