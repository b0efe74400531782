import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test, vi } from 'vitest'
import { watchMemory } from './watch-memory'

test.each([process.platform, 'win32'] as const)(
  'on %s a process that grows too large is told of, once',
  async (platform) => {
    const exceeded = vi.fn<() => void>()
    const stop = watchMemory({ pid: process.pid, residentKib: () => 9 }, 8 * 1024, exceeded, platform)
    await expect.poll(() => exceeded.mock.calls.length).toBe(1)
    await sleep(600)
    stop()
    expect(exceeded).toHaveBeenCalledTimes(1)
  },
)

test('one that is small, has not started, or of which nobody knows is left alone', async () => {
  const exceeded = vi.fn<() => void>()
  const stops = [
    watchMemory({ pid: process.pid, residentKib: () => 7 }, 8 * 1024, exceeded, 'win32'),
    watchMemory({ pid: undefined, residentKib: () => 9 }, 8 * 1024, exceeded, 'win32'),
    watchMemory({ pid: process.pid }, 8 * 1024, exceeded, 'win32'),
    watchMemory({ pid: process.pid }, 2 ** 50, exceeded),
  ]
  await sleep(700)
  for (const stop of stops) stop()
  expect(exceeded).not.toHaveBeenCalled()
})
