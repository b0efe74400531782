import type { AnyEvent } from '@contract/events'
import { expect, test } from 'vitest'
import { createBetweenKeys } from './between-keys'

const event = (type: AnyEvent['type'], id = 0) => ({ type, id }) as unknown as AnyEvent

function world() {
  let time = 10_000
  const timers: { at: number; run: () => void }[] = []
  const shown = new Set<() => void>()
  const given: string[] = []
  const events = createBetweenKeys(
    (each) => given.push(`${each.type} ${String((each as unknown as { id: number }).id)}`),
    {
      now: () => time,
      setTimer(run, ms) {
        const timer = { at: time + ms, run }
        timers.push(timer)
        return () => void timers.splice(timers.indexOf(timer), 1)
      },
      afterKey(run) {
        shown.add(run)
        return () => void shown.delete(run)
      },
    },
  )
  return {
    ...events,
    given,
    pass(ms: number) {
      time += ms
      for (const timer of timers.filter(({ at }) => at <= time)) timer.run()
    },
    show() {
      for (const run of shown) run()
    },
  }
}

test('where nobody types, everything is handed on at once', () => {
  const { hear, given, key, pass } = world()
  hear(event('run.ended'))
  key()
  pass(500)
  hear(event('session.changed'))
  expect(given).toEqual(['run.ended 0', 'session.changed 0'])
})

test('right after a key there is time, later it waits for the next one to be shown', () => {
  const { hear, given, key, pass, show } = world()
  key()
  pass(20)
  hear(event('run.ended', 1))
  expect(given).toEqual(['run.ended 1'])
  pass(60)
  hear(event('run.ended', 2))
  hear(event('session.changed', 3))
  pass(60)
  key()
  expect(given).toHaveLength(1)
  show()
  expect(given).toEqual(['run.ended 1', 'run.ended 2', 'session.changed 3'])
})

test('nothing waits longer than 100 ms, however fast the keys come', () => {
  const { hear, given, key, pass } = world()
  key()
  pass(50)
  hear(event('message.changed'))
  for (let at = 0; at < 9; at += 1) {
    pass(10)
    key()
  }
  expect(given).toEqual([])
  pass(10)
  expect(given).toEqual(['message.changed 0'])
})

test('an answer that grows waits for nothing but what came before it', () => {
  const { hear, given, key, pass } = world()
  key()
  pass(80)
  hear(event('run.grew', 1))
  hear(event('run.changed', 2))
  hear(event('run.grew', 3))
  expect(given).toEqual(['run.grew 1'])
  pass(100)
  expect(given).toEqual(['run.grew 1', 'run.changed 2', 'run.grew 3'])
})

test('what can’t wait brings along what does, and so does the end', () => {
  const { hear, given, key, pass, stop } = world()
  key()
  pass(80)
  hear(event('run.ended', 1))
  hear(event('dictation.pressed', 2))
  hear(event('asset.added', 3))
  expect(given).toEqual(['run.ended 1', 'dictation.pressed 2'])
  stop()
  expect(given).toEqual(['run.ended 1', 'dictation.pressed 2', 'asset.added 3'])
})
