import { fault } from '@contract/fault'
import type { SessionId } from '@contract/ids'
import type { RunRecord } from '../ports/store'
import { endRun } from './end-run'
import { recoverImageRun } from './recover-image-run'
import type { RunPorts } from './run-ports'

/**
 * Ends what a killed process left behind (contract 6.5): active runs become `interrupted` (`daemon_restarted`) with
 * every journalled byte, what is known of their calls is said, nothing is sent again. Queued runs stay as they are, and
 * so does the first of each chat that waits for approval.
 */
export function recoverRuns(on: Pick<RunPorts, 'store' | 'clock'>): void {
  const waiting = new Set<SessionId>()
  for (const run of on.store.runs.unfinished()) {
    if (run.status === 'queued') continue
    if (run.kind === 'image') {
      recoverImageRun(on, run)
      continue
    }
    if (mayWait(on, run) && !waiting.has(run.session_id)) {
      waiting.add(run.session_id)
      continue
    }
    const why = fault(
      'daemon_restarted',
      'Kheish ended while this answer was being written. What had arrived is kept; nothing was sent again.',
    )
    const { receipt } = run
    endRun(on, run, { status: 'interrupted', fault: why, ...(receipt ? { receipt } : {}) })
  }
}

/** Whether there is still something to decide: a stop that was being written down when the daemon ended leaves nothing. */
function mayWait({ store }: Pick<RunPorts, 'store'>, run: RunRecord): boolean {
  if (run.status !== 'waiting_for_approval' || run.kind !== 'input' || !run.assistant_message_id) return false
  const parts = store.messages.get(run.assistant_message_id)?.parts ?? []
  return parts.some((part) => part.kind === 'tool_call' && part.state === 'waiting')
}
