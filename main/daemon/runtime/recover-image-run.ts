import { fault } from '@contract/fault'
import { directCallId } from '../core/images/direct-call'
import type { RunRecord } from '../ports/store'
import { endImageRun } from './end-image-run'
import type { RunPorts } from './run-ports'

const neverSent = fault(
  'daemon_restarted',
  'Kheish ended before this was sent to the provider. Nothing was sent again; ask once more if you still want it.',
)
const unknown = fault(
  'outcome_unknown',
  'Kheish ended while the provider was making this. Whether it was finished and paid for is not known, so it was not sent again.',
)

/**
 * Ends a picture run that a killed process left under way (contract 6.5). A result that was written down is shown;
 * a request that was never sent, or whose outcome nobody knows, is said to be so. Nothing is sent again.
 */
export function recoverImageRun(on: Pick<RunPorts, 'store' | 'clock'>, run: RunRecord): void {
  const call_id = directCallId(run.run_id)
  // The chat's sum has it only from the end of a run.
  const paid = run.receipt ? { receipt: run.receipt } : {}
  const call = on.store.calls.of(run.run_id).find((each) => each.call_id === call_id)
  if (call?.state === 'done') {
    const { output = '', facts = {} } = call
    return void endImageRun(on, run, { state: 'done', output, facts }, { status: 'completed', ...paid })
  }
  const wasSent = call?.state === 'dispatched'
  const why = wasSent ? unknown : neverSent
  const facts = { ...call?.facts, outcome: wasSent ? 'unknown' : 'not_dispatched' } as const
  endImageRun(
    on,
    run,
    { state: 'failed', output: why.detail, facts },
    { status: 'interrupted', fault: why, ...paid },
  )
}
