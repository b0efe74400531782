import { describe, expect, test } from 'vitest'
import { createRestart } from './restart'

describe('a restart in place', () => {
  test('that is asked for while the routes are read reads them once more', async () => {
    const reads: (() => void)[] = []
    const done: string[] = []
    let work: Promise<void> = Promise.resolve()
    const restart = createRestart({
      queue: { activeCount: () => 0, interruptAll: () => undefined },
      reload: () => new Promise((resolve) => reads.push(resolve)),
      tell: () => undefined,
      goOn: () => done.push('went on'),
      isStopping: () => false,
      inBackground: (given) => {
        work = given
      },
    })
    restart.request('drain')
    restart.request('drain')
    restart.request('drain')
    expect(reads).toHaveLength(1)
    reads[0]?.()
    await expect.poll(() => reads.length).toBe(2)
    expect([restart.runsLeft(), done]).toEqual([0, []])
    reads[1]?.()
    await work
    expect([restart.runsLeft(), done, reads.length]).toEqual([undefined, ['went on'], 2])
  })
})
