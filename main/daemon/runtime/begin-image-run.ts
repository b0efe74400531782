import type { ImageOrder } from '@contract/image-order'
import type { MessageId } from '@contract/ids'
import { directCall, directCallId } from '../core/images/direct-call'
import type { RunRecord } from '../ports/store'
import { beginRun, type Begun } from './begin-run'
import type { RunPorts } from './run-ports'

/** The order of a run of kind `image`; one without is a bug. */
export function orderOf(run: RunRecord): ImageOrder {
  if (run.image) return run.image
  throw new Error(`the picture run ${run.run_id} has no order`)
}

/**
 * Gives a queued picture run its messages, the answer with the call in it, and writes the call down as planned. Call
 * inside a transaction.
 */
export function beginImageRun(on: RunPorts, run: RunRecord): Begun {
  const call = directCall(directCallId(run.run_id), orderOf(run))
  const begun = beginRun(on, run, [call])
  const at = on.clock.now()
  const { name, call_id } = call
  on.store.calls.plan([
    {
      run_id: run.run_id,
      call_id,
      message_id: begun.run.assistant_message_id as MessageId,
      turn: 1,
      place: 0,
      name,
      arguments: call.arguments,
      state: 'planned',
      planned_at_ms: at,
    },
  ])
  on.store.runs.addEvent(run.run_id, { at_ms: at, kind: 'tool_started', data: { call_id, name } })
  const { run_id, assistant_message_id: message_id } = begun.run
  on.store.journal.append(run.session_id, {
    kind: 'tool_call_started',
    at_ms: at,
    data: { run_id, message_id, call_id, name },
  })
  return begun
}
