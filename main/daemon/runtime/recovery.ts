import { fault } from '@contract/fault'
import { endRun } from './end-run'
import { recoverImageRun } from './recover-image-run'
import type { RunPorts } from './run-ports'

/**
 * Ends what a killed process left behind (contract 6.5): active runs become `interrupted` (`daemon_restarted`) with
 * every journalled byte, nothing is sent again. Queued runs stay as they are.
 */
export function recoverRuns(on: Pick<RunPorts, 'store' | 'clock'>): void {
  for (const run of on.store.runs.unfinished()) {
    if (run.status === 'queued') continue
    if (run.kind === 'image') {
      recoverImageRun(on, run)
      continue
    }
    const why = fault(
      'daemon_restarted',
      'Kheish ended while this answer was being written. What had arrived is kept; nothing was sent again.',
    )
    endRun(on, run, { status: 'interrupted', fault: why })
  }
}
