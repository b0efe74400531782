import { fault } from '@contract/fault'
import type { InputOf, OutputOf } from '@contract/define'
import type { Approval, permissionCalls } from '@contract/permissions'
import { Failure } from '../core/failure'
import { resolvable, type Resolution } from '../core/permissions/resolvable'
import { findRun } from './find'
import type { World } from './world'

type Calls = typeof permissionCalls
type Ports = Pick<World, 'store' | 'clock' | 'ids' | 'publish' | 'queue'>

/** `approvals.*`: tool calls that somebody has to decide (contract 9.8). */
export function approvals({ store, clock, ids, publish, queue }: Ports) {
  function decideOne({ approval, decision }: Resolution): Approval {
    const at_ms = clock.now()
    if (decision === 'allow_session') {
      store.rules.put({
        rule_id: ids.next('rule'),
        scope: 'session',
        session_id: approval.session_id,
        pattern: approval.tool_name,
        behaviour: 'allow',
        created_at_ms: at_ms,
      })
    }
    const { approval_id, run_id, call_id, tool_name, tool_class } = approval
    const data = { approval_id, call_id, tool_name, decision }
    store.runs.addEvent(run_id, { at_ms, kind: 'approval_resolved', data })
    store.journal.append(approval.session_id, {
      kind: 'approval_resolved',
      at_ms,
      data: { run_id, ...data, tool_class },
    })
    return store.approvals.resolve(approval_id, {
      status: decision === 'deny' ? 'denied' : 'allowed',
      decision,
      resolved_at_ms: at_ms,
    })
  }

  return {
    list: ({ session_id, run_id, status, limit }: InputOf<Calls['approvals.list']>) => ({
      approvals: store.approvals.list({
        ...(session_id ? { session_id } : {}),
        ...(run_id ? { run_id } : {}),
        pending: status === 'pending',
        limit,
      }),
    }),

    /** Faults: `approval_*`, all of them before anything is changed. */
    resolve: ({ resolutions }: InputOf<Calls['approvals.resolve']>): OutputOf<Calls['approvals.resolve']> => {
      const { run_id, decided } = store.transaction(() => {
        const known = resolutions.map(({ approval_id, decision }) => ({
          approval_id,
          decision,
          approval: store.approvals.get(approval_id),
        }))
        const { run_id, open } = resolvable(known)
        if (open.length > 0 && store.runs.get(run_id)?.status !== 'waiting_for_approval') throw notWaiting()
        return { run_id, decided: open.map(decideOne) }
      })
      for (const approval of decided) publish({ type: 'approval.changed', approval })
      if (decided.some(({ decision }) => decision === 'allow_session'))
        publish({ type: 'permissions.changed' })
      if (decided.length > 0) queue.decided(run_id)
      return {
        approvals: resolutions.flatMap(({ approval_id }) => store.approvals.get(approval_id) ?? []),
        run: queue.view(findRun(store, run_id)),
      }
    },
  }
}

const notWaiting = () =>
  new Failure(fault('approval_state_conflict', 'Its answer is not waiting for a decision any more.'))
