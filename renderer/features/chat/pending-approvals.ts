import type { MessageId } from '@contract/ids'
import type { Approval } from '@contract/permissions'
import type { RunView } from '@contract/runs'

type Approvals = readonly Approval[]

/** Takes in one that was asked for or decided. A decision is never undone by older news. */
export function withApproval(known: Approvals, approval: Approval): Approvals {
  const at = known.findIndex(({ approval_id }) => approval_id === approval.approval_id)
  const old = known[at]
  if (!old) return [...known, approval]
  return old.status !== 'pending' || old === approval ? known : known.with(at, approval)
}

/** What a run says it waits for, in place of what was known of it; what was decided stays. */
export function withRun(known: Approvals, run: RunView): Approvals {
  const pending = run.pending_approvals ?? []
  const isStale = (each: Approval): boolean =>
    each.run_id === run.run_id &&
    each.status === 'pending' &&
    !pending.some(({ approval_id }) => approval_id === each.approval_id)
  const kept = known.some(isStale) ? known.filter((each) => !isStale(each)) : known
  return pending.reduce(withApproval, kept)
}

/** Of the newest request for a call; undefined where nobody was asked. */
export const approvalOf = (known: Approvals, message: MessageId, call: string): Approval | undefined =>
  known.findLast(({ message_id, call_id }) => message_id === message && call_id === call)

/** Whether anything of an answer waits for a decision. */
export const waitsFor = (known: Approvals, message: MessageId): boolean =>
  known.some(({ message_id, status }) => message_id === message && status === 'pending')

/**
 * What is decided with one press: the call itself, and for the whole chat every other call of the same tool that the
 * same answer waits for.
 */
export function decidedWith(known: Approvals, approval: Approval, isForChat: boolean): Approvals {
  const others = known.filter(
    ({ approval_id, run_id, tool_name, status }) =>
      approval_id !== approval.approval_id &&
      run_id === approval.run_id &&
      tool_name === approval.tool_name &&
      status === 'pending',
  )
  return isForChat ? [approval, ...others] : [approval]
}
