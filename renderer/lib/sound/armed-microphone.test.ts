import { expect, test } from 'vitest'
import { createArmedMicrophone, idleMs } from './armed-microphone'

/** A device that opens at once; `isOpen`: its light is on. */
function device() {
  let open = 0
  let isFront = true
  const timers: { readonly run: () => void; readonly ms: number }[] = []
  const microphone = createArmedMicrophone({
    async open() {
      open += 1
      return { ok: true, microphone: { label: 'Desk', isOther: false, close: () => void (open -= 1) } }
    },
    setTimer(run, ms) {
      const timer = { run, ms }
      timers.push(timer)
      return () => void timers.splice(timers.indexOf(timer), 1)
    },
    isInFront: () => isFront,
  })
  const hearers = { onSound: () => undefined, onGone: () => undefined, onOther: () => undefined }
  return {
    microphone,
    start: () => microphone.start('', hearers),
    isOpen: () => open > 0,
    leave() {
      isFront = false
      microphone.release()
    },
    pass(ms: number) {
      for (const timer of timers.filter((each) => each.ms <= ms)) timer.run()
    },
  }
}

test('stays open for a minute after a dictation in the window in front', async () => {
  const { microphone, start, isOpen, pass } = device()
  await start()
  microphone.stop()
  expect(isOpen()).toBe(true)
  pass(idleMs)
  expect(isOpen()).toBe(false)
})

test('closes with the dictation behind another program, and is not opened ahead there', async () => {
  const { microphone, start, isOpen, leave } = device()
  await start()
  leave()
  expect(isOpen()).toBe(true)
  microphone.stop()
  expect(isOpen()).toBe(false)
  microphone.arm('')
  await Promise.resolve()
  expect(isOpen()).toBe(false)
  await start()
  expect(isOpen()).toBe(true)
})

test('what one that was given up closes is not taken from the next, which is opening', async () => {
  const { microphone, start, isOpen, leave } = device()
  leave()
  const first = start()
  microphone.stop()
  const second = start()
  await Promise.all([first, second])
  expect(isOpen()).toBe(true)
})
