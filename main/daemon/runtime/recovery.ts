import { fault } from '@contract/fault'
import type { RunRecord } from '../ports/store'
import { endRun } from './end-run'
import type { RunPorts } from './run-ports'

/**
 * Ends what a killed process left behind (contract 6.5): active runs become `interrupted` (`daemon_restarted`) with
 * every journalled byte, nothing is sent again. Queued runs stay as they are. Answers what it ended.
 */
export function recoverRuns(on: Pick<RunPorts, 'store' | 'clock'>): readonly RunRecord[] {
  return on.store.runs.unfinished().flatMap((run) => {
    if (run.status === 'queued') return []
    const why = fault(
      'daemon_restarted',
      'Kheish ended while this answer was being written. What had arrived is kept; nothing was sent again.',
    )
    return [endRun(on, run, { status: 'interrupted', fault: why }).run]
  })
}
