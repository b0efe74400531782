import type { Clock } from '../ports/clock'

/** Waits for work, but no longer than `ms`. Never rejects. */
export async function atMost(clock: Clock, ms: number, work: readonly Promise<unknown>[]): Promise<void> {
  let undo = () => {}
  const limit = new Promise<void>((resolve) => {
    undo = clock.after(ms, resolve)
  })
  await Promise.race([Promise.allSettled(work), limit])
  undo()
}
