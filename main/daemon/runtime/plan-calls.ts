import { fault } from '@contract/fault'
import type { MessageId } from '@contract/ids'
import type { Approval, Decision } from '@contract/permissions'
import type { Receipt } from '@contract/runs'
import { Failure } from '../core/failure'
import { mayMove } from '../core/runs/transitions'
import type { ToolLimits } from '../core/tools/limits'
import type { OpenCall } from '../core/tools/open-calls'
import { openCalls } from '../core/tools/open-calls'
import { readArguments } from '../core/tools/read-arguments'
import type { RunRecord } from '../ports/store'
import type { Tool } from '../ports/tools'
import { toolsFor } from './chat-turn'
import type { GrowingAnswer } from './growing-answer'
import type { RunPorts } from './run-ports'

/** A turn whose answer asks for tools. */
export interface ToolTurn {
  readonly run: RunRecord
  readonly answer: GrowingAnswer
  /** Of the request to the model, from 1. */
  readonly number: number
  /** Some of its calls were held before. */
  readonly again: boolean
  readonly limits: ToolLimits
  readonly receipt: () => Receipt
}

/** What is to become of a call. */
export type Planned = OpenCall &
  (
    | { readonly go: 'run'; readonly tool: Tool; readonly input: object }
    | { readonly go: 'refuse'; readonly trouble: string; readonly denied?: true }
    /** Somebody has to decide. */
    | { readonly go: 'hold'; readonly decision: Decision }
  )

/**
 * Decides of every call whether it may run, and writes all of them down before any does (contract 6.1). Where somebody
 * has to decide, the whole turn is held, and the run waits.
 */
export function planCalls(on: RunPorts, turn: ToolTurn): readonly Planned[] | 'held' {
  const { store, clock } = on
  const { run, answer, again, number } = turn
  const message_id = run.assistant_message_id as MessageId
  const { run_id, session_id } = run
  answer.flush()
  const open = openCalls(store.messages.get(message_id)?.parts ?? [])
  const asked = again ? approvalsOf(on, run) : new Map<string, Approval>()
  const visible = toolsFor(on, run)
  const planned = open.map((call, at) =>
    judge(on, turn, call, { at, visible, approval: asked.get(call.part.call_id) }),
  )
  const at = clock.now()
  const held = planned.flatMap((call) => (call.go === 'hold' ? [call] : []))
  const fresh = held
    .filter(({ part }) => !asked.has(part.call_id))
    .map(({ part, decision }): Approval => ({
      approval_id: on.ids.next('approval'),
      run_id,
      session_id,
      message_id,
      call_id: part.call_id,
      tool_name: part.name,
      tool_class: decision.tool_class,
      arguments: part.arguments,
      requested_at_ms: at,
      status: 'pending',
    }))
  answer.put(
    held
      .filter(({ part }) => part.state !== 'waiting')
      .map(({ place }) => ({ at: 'tool', place, state: 'waiting' }) as const),
  )
  store.transaction(() => {
    store.calls.plan(
      open.map(({ part, place }) => ({
        run_id,
        call_id: part.call_id,
        message_id,
        turn: number,
        place,
        name: part.name,
        arguments: part.arguments,
        state: 'planned',
        planned_at_ms: at,
      })),
    )
    for (const { part } of again ? [] : open) {
      store.journal.append(session_id, {
        kind: 'tool_call_started',
        at_ms: at,
        data: { run_id, message_id, call_id: part.call_id, name: part.name },
      })
    }
    store.approvals.add(fresh)
    if (held.length > 0) hold(on, turn, fresh)
    else store.runs.update(run_id, { receipt: turn.receipt(), updated_at_ms: at })
  })
  for (const approval of fresh) on.publish({ type: 'approval.changed', approval })
  return held.length > 0 ? 'held' : planned
}

const approvalsOf = ({ store }: RunPorts, { run_id }: RunRecord): ReadonlyMap<string, Approval> =>
  new Map(
    store.approvals
      .list({ run_id, pending: false, limit: 10_000 })
      .map((approval) => [approval.call_id, approval]),
  )

interface Known {
  /** Its number in the turn, from 0. */
  readonly at: number
  readonly visible: readonly Tool[]
  readonly approval: Approval | undefined
}

function judge(on: RunPorts, { run, limits }: ToolTurn, call: OpenCall, known: Known): Planned {
  const { name } = call.part
  const refuse = (trouble: string): Planned => ({ ...call, go: 'refuse', trouble })
  const deny = (trouble: string): Planned => ({ ...call, go: 'refuse', trouble, denied: true })
  if (known.at >= limits.calls)
    return refuse(`No more than ${limits.calls} tools are called at once. It was not run.`)
  const tool = known.visible.find(({ view }) => view.name === name)
  if (!tool && on.toolbox.find(name)) return refuse(`The tool “${name}” is not available here.`)
  if (!tool) {
    const names = known.visible.map(({ view }) => view.name).join(', ')
    return refuse(`There is no tool “${name}”. ${names === '' ? 'There are none.' : `There are: ${names}.`}`)
  }
  const read = readArguments(call.part.arguments, limits.input)
  if ('trouble' in read) return refuse(read.trouble)
  const going: Planned = { ...call, go: 'run', tool, input: read.input }
  const decision = on.permit(run, tool.view)
  const forbidden = `“${name}” is not permitted here.`
  // Made after somebody allowed this call, too.
  if (decision.rule?.behaviour === 'deny') return deny(forbidden)
  if (known.approval?.status === 'allowed') return going
  if (known.approval && known.approval.status !== 'pending') {
    return deny(`A person was asked whether “${name}” may run, and said no.`)
  }
  if (decision.behaviour === 'allow') return going
  if (decision.behaviour === 'ask') return { ...call, go: 'hold', decision }
  return deny(forbidden)
}

/** Call inside a transaction. */
function hold({ store, clock }: RunPorts, { run, receipt }: ToolTurn, approvals: readonly Approval[]): void {
  const at = clock.now()
  const status = store.runs.get(run.run_id)?.status ?? run.status
  if (!mayMove(status, 'waiting_for_approval')) {
    throw new Failure(fault('run_state_conflict', `A run that is ${status} cannot wait for approval.`))
  }
  store.runs.update(run.run_id, { status: 'waiting_for_approval', receipt: receipt(), updated_at_ms: at })
  store.runs.addEvent(run.run_id, {
    at_ms: at,
    kind: 'waiting_for_approval',
    data: { approval_ids: approvals.map(({ approval_id }) => approval_id) },
  })
  store.sessions.update(run.session_id, { activity: 'waiting' })
}
