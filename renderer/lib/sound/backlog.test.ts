import { expect, test } from 'vitest'
import { createBacklog } from './backlog'
import { frameLength, msOf, samplesOf } from './rate'

function page() {
  let time = 0
  const backlog = createBacklog(() => time)
  return {
    waiting: () => Math.round(msOf(backlog.waiting())),
    stand: (ms: number) => void (time += ms),
    /** Frames in their own time, or all at once. */
    hear(ms: number, isLate = false) {
      for (let at = 0; at < samplesOf(ms); at += frameLength) {
        if (!isLate) time += msOf(frameLength)
        backlog.heard(frameLength)
      }
    },
  }
}

test('nothing waits while frames come in their time', () => {
  const { hear, waiting } = page()
  expect(waiting()).toBe(0)
  hear(4_000)
  expect(waiting()).toBe(0)
})

test('what was spoken while the page stood still waits until it is read', () => {
  const { hear, stand, waiting } = page()
  hear(2_000)
  stand(3_008)
  expect(waiting()).toBe(3_008)
  hear(1_008, true)
  expect(waiting()).toBe(2_000)
  hear(2_000, true)
  expect(waiting()).toBe(0)
})

test('no more waits than can, and a gap without sound is forgotten', () => {
  const { hear, stand, waiting } = page()
  hear(1_000)
  stand(8 * 3_600_000)
  expect(waiting()).toBe(10_000)
  hear(1_200)
  expect(waiting()).toBe(0)
})
