import type { Clock } from '../ports/clock'
import type { Evidence } from '../ports/evidence'
import type { Log } from '../ports/log'

/** Evidence of ended runs is kept so long (contract 15). Milliseconds. */
export const evidenceFor = 7 * 24 * 60 * 60_000
const every = 6 * 60 * 60_000
/** Runs at a time; the rest has its turn at the next look. */
const atOnce = 1_000

interface Ports {
  readonly evidence: Pick<Evidence, 'prune' | 'sweep'>
  readonly clock: Clock
  readonly log: Log
  readonly inBackground: (work: Promise<void>) => void
}

/** Looks now and every six hours; answers the undo. */
export function keepRetention({ evidence, clock, log, inBackground }: Ports): () => void {
  let undo = () => undefined as void
  async function look(): Promise<void> {
    const { pruned_runs, pruned_bytes } = await evidence.prune(clock.now() - evidenceFor, atOnce)
    if (pruned_runs > 0) log.info('evidence pruned', { runs: pruned_runs, bytes: pruned_bytes })
    await evidence.sweep()
  }
  function again(): void {
    inBackground(look())
    undo = clock.after(every, again)
  }
  undo = clock.after(0, again)
  return () => undo()
}
