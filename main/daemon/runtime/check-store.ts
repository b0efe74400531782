import type { Fault } from '@contract/fault'
import { fault } from '@contract/fault'
import { Failure } from '../core/failure'
import { atMost } from './at-most'
import type { RunPorts } from './run-ports'

/** A start waits so long for the verdict: a store of up to 20 MB is known before anything is written to it. */
export const patience = 250

const damaged = fault(
  'store_unreadable',
  'The chat database is damaged, and Kheish has stopped using it. ' +
    'Move it out of the data folder to start empty, or put a backup in its place.',
)

/**
 * The integrity check at start. Throws `store_unreadable` when the verdict comes soon enough; a large store is in use
 * by then, and `broke` hears of it as soon as it is known.
 */
export async function checkStore(
  { store, clock, log }: Pick<RunPorts, 'store' | 'clock' | 'log'>,
  broke: (why: Fault) => void,
): Promise<void> {
  let isStarting = true
  let why: Fault | undefined
  const looking = store.inspect().then(
    (verdict) => {
      if (verdict !== 'damaged') return
      why = damaged
      if (!isStarting) broke(why)
    },
    (error: unknown) => void log.surprise(error),
  )
  await atMost(clock, patience, [looking])
  isStarting = false
  if (why) throw new Failure(why)
}
