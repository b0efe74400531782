import type { Fault } from '@contract/fault'
import { expect, test } from 'vitest'
import { fakeClock } from '../ports/clock.fake'
import { fakeLog } from '../ports/log.fake'
import type { Store } from '../ports/store'
import { checkStore, patience } from './check-store'

type Verdict = Awaited<ReturnType<Store['inspect']>>

function setUp() {
  const clock = fakeClock(0)
  const log = fakeLog()
  const told: Fault[] = []
  const verdict = later<Verdict>()
  // The check asks for the verdict only.
  const store = { inspect: () => verdict.promise } as unknown as Store
  const checked = checkStore({ store, clock, log }, (why) => void told.push(why))
  return { clock, log, told, verdict, checked }
}

test('a verdict that comes soon is waited for; damage ends the start', async () => {
  const sound = setUp()
  sound.verdict.resolve('sound')
  await sound.checked
  expect(sound.clock.waiting()).toBe(0)

  const damaged = setUp()
  damaged.verdict.resolve('damaged')
  await expect(damaged.checked).rejects.toMatchObject({ fault: { code: 'store_unreadable' } })
  expect(damaged.told).toEqual([])
})

test('a start does not wait for a large store, and damage found later is told once', async () => {
  const { clock, told, verdict, checked } = setUp()
  await clock.advance(patience)
  await checked
  verdict.resolve('damaged')
  await verdict.promise
  expect(told).toMatchObject([{ code: 'store_unreadable' }])
})

test('a check that could not be made keeps nobody out; the log has why', async () => {
  const { log, told, verdict, checked } = setUp()
  verdict.reject(new Error('no thread'))
  await checked
  expect(told).toEqual([])
  expect(log.lines[0]?.tag).toContain('no thread')
})

function later<T>() {
  let resolve!: (value: T) => void
  let reject!: (error: unknown) => void
  const promise = new Promise<T>((yes, no) => {
    resolve = yes
    reject = no
  })
  return { promise, resolve, reject }
}
