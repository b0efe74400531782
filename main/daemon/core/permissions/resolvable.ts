import { fault, type FaultCode } from '@contract/fault'
import type { RunId } from '@contract/ids'
import type { Approval, ApprovalDecision } from '@contract/permissions'
import { Failure } from '../failure'

export interface Resolution {
  readonly approval: Approval
  readonly decision: ApprovalDecision
}

/**
 * The decisions of one batch that are still to be made; those that were made the same way before are left out.
 * Faults: `approval_batch_empty`, `approval_not_found`, `approval_duplicate_resolution`,
 * `approval_request_not_pending`, `approval_state_conflict`.
 */
export function resolvable(
  batch: readonly {
    readonly approval_id: string
    readonly decision: ApprovalDecision
    readonly approval: Approval | undefined
  }[],
): { readonly run_id: RunId; readonly open: readonly Resolution[] } {
  if (new Set(batch.map(({ approval_id }) => approval_id)).size < batch.length)
    throw refused('approval_duplicate_resolution', 'One request stands in the list twice.')
  const found = batch.map(({ approval, decision }): Resolution => {
    if (!approval) throw refused('approval_not_found', 'There is no such request for approval.')
    return { approval, decision }
  })
  const [first] = found
  if (!first) throw refused('approval_batch_empty', 'Nothing was given to decide.')
  const { run_id } = first.approval
  if (found.some(({ approval }) => approval.run_id !== run_id))
    throw refused(
      'approval_state_conflict',
      'These belong to different answers; decide one answer at a time.',
    )
  return { run_id, open: found.filter(isOpen) }
}

/** False for a decision that was made before, and the same. */
function isOpen({ approval, decision }: Resolution): boolean {
  if (approval.status === 'pending') return true
  if (approval.status === 'expired')
    throw refused('approval_request_not_pending', 'Its answer has ended, so there is nothing left to decide.')
  if (approval.decision !== decision)
    throw refused(
      'approval_duplicate_resolution',
      'This was decided otherwise before; the first decision stands.',
    )
  return false
}

type Code = Extract<FaultCode, `approval_${string}`>
const refused = (code: Code, detail: string) => new Failure(fault(code, detail))
