import type { Fault } from '@contract/fault'
import type { Message } from '@contract/message'
import type { Approval } from '@contract/permissions'
import type { Receipt } from '@contract/runs'
import { fault } from '@contract/fault'
import { Failure } from '../core/failure'
import { costEntryOf } from '../core/pricing/cost-entry'
import { billedModel } from '../core/runs/served'
import type { EndStatus } from '../core/runs/step'
import { mayMove } from '../core/runs/transitions'
import type { RunRecord, SessionPatch } from '../ports/store'
import { activityBeside } from './activity'
import { closeCalls } from './close-calls'
import type { RunPorts } from './run-ports'

export interface End {
  readonly status: EndStatus
  readonly fault?: Fault
  readonly receipt?: Receipt
}
export interface Ended {
  readonly run: RunRecord
  /** Null when the run never started. */
  readonly message: Message | null
  /** Approvals that nobody gave in time. */
  readonly expired?: readonly Approval[]
}

/**
 * Ends a run: message, receipt, status, session and journal in one transaction, after it was said of every open call what
 * became of it. Fault: `run_state_conflict`.
 */
export function endRun({ store, clock }: Pick<RunPorts, 'store' | 'clock'>, run: RunRecord, end: End): Ended {
  const before = store.runs.get(run.run_id) ?? run
  if (!mayMove(before.status, end.status)) {
    throw new Failure(
      fault('run_state_conflict', `A run that is ${before.status} cannot become ${end.status}.`),
    )
  }
  closeCalls({ store, clock }, before)
  return store.transaction(() => {
    const at = clock.now()
    const after = store.runs.update(run.run_id, {
      status: end.status,
      finished_at_ms: at,
      updated_at_ms: at,
      ...(end.receipt ? { receipt: end.receipt } : {}),
      ...(end.fault ? { fault: end.fault } : {}),
    })
    const cost = costEntryOf({ ...after, model: billedModel(after), at_ms: at })
    if (cost) store.costs.put(cost)
    const answerId = before.assistant_message_id
    if (answerId) {
      const { parts } = store.messages.settle(answerId)
      if (parts.length > 0)
        store.runs.addEvent(run.run_id, { at_ms: at, kind: 'output', data: { message_id: answerId } })
      store.journal.append(run.session_id, {
        kind: 'message_appended',
        at_ms: at,
        data: { message_id: answerId, role: 'assistant', run_id: run.run_id },
      })
    }
    const expired = store.approvals.expire(run.run_id, at)
    store.runs.addEvent(run.run_id, {
      at_ms: at,
      kind: end.status,
      ...(end.fault ? { data: { code: end.fault.code, detail: end.fault.detail } } : {}),
    })
    if (answerId && store.sessions.get(run.session_id)) {
      const patch = patchFor(end, at)
      store.sessions.update(run.session_id, {
        ...patch,
        activity: activityBeside(store, run, patch.activity ?? 'idle'),
      })
    }
    store.journal.append(run.session_id, {
      kind: 'run_ended',
      at_ms: at,
      data: { run_id: run.run_id, status: end.status },
    })
    return { run: after, message: answerId ? (store.messages.get(answerId) ?? null) : null, expired }
  })
}

function patchFor({ status, receipt }: End, at: number): SessionPatch {
  const usd = receipt?.cost.basis === 'reported' ? receipt.cost.usd : undefined
  return {
    activity: status === 'failed' ? 'failed' : 'idle',
    updated_at_ms: at,
    ...(status === 'completed' || status === 'failed' ? { unread: true } : {}),
    ...(usd === undefined ? {} : { add_cost_usd: usd }),
  }
}
