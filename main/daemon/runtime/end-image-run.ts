import type { Delta } from '@contract/fold'
import { fold, type Batch } from '@contract/fold'
import type { MessageId } from '@contract/ids'
import type { ToolFacts } from '@contract/message'
import type { OutputView } from '@contract/outputs'
import { directCallId, emitted, shownBy, toolOf } from '../core/images/direct-call'
import type { RunRecord } from '../ports/store'
import { orderOf } from './begin-image-run'
import { endRun, type End, type Ended } from './end-run'
import type { RunPorts } from './run-ports'

/** How the one call of a picture run ended. */
export interface CallEnd {
  readonly state: 'done' | 'failed'
  readonly output: string
  readonly facts: ToolFacts
}

type Ports = Pick<RunPorts, 'store' | 'clock'>

/**
 * Ends a picture run: the call's result first, so that a kill from here on loses nothing; then the answer; then the
 * rest in one transaction. Each step may be done again. `told` hears of what the answer grew by.
 */
export function endImageRun(
  on: Ports,
  run: RunRecord,
  call: CallEnd,
  end: End,
  told: (batch: Batch) => void = () => undefined,
): Ended {
  const { store, clock } = on
  const call_id = directCallId(run.run_id)
  const record = { ...call, at_ms: clock.now() }
  if (call.state === 'done') store.calls.end(run.run_id, call_id, record)
  const grown = grow(on, run, call)
  if (grown) told(grown)
  return store.transaction(() => {
    if (call.state === 'failed') store.calls.end(run.run_id, call_id, record)
    const { state } = call
    const name = toolOf(orderOf(run))
    const data = { call_id, name, state }
    const { run_id } = run
    store.runs.addEvent(run_id, { at_ms: record.at_ms, kind: 'tool_ended', data })
    store.journal.append(run.session_id, {
      kind: 'tool_call_finished',
      at_ms: record.at_ms,
      data: { run_id, ...data },
    })
    const assets = shownBy(call.facts)
    if (state === 'done' && assets.length > 0 && store.outputs.of(run.run_id).length === 0)
      store.outputs.add(outputOf(on, run, call.facts))
    return endRun(on, run, end)
  })
}

/** Brings the answer to what the call has become, unless it is there already. */
function grow({ store }: Ports, run: RunRecord, { state, output, facts }: CallEnd): Batch | undefined {
  const id = run.assistant_message_id as MessageId
  const message = store.messages.get(id)
  const [part] = message?.parts ?? []
  if (!message || part?.kind !== 'tool_call') return undefined
  // A stop that was being written down when the daemon ended says nothing yet of what became of the request.
  if (part.state === state && part.facts?.outcome === facts.outcome) return undefined
  const shown = state === 'done' ? emitted(shownBy(facts)) : []
  const deltas: readonly Delta[] = [
    { at: 'tool', place: 0, state, output, facts },
    ...shown.map((each): Delta => ({ at: 'part', part: each })),
  ]
  const batch = { from: message.seen + 1, upto: message.seen + deltas.length, deltas }
  if (fold(message, batch) === 'gap') return undefined
  store.messages.appendBatches([{ id, batch }])
  return batch
}

/** What was shown (contract 12). */
function outputOf({ clock }: Ports, run: RunRecord, facts: ToolFacts): OutputView {
  const assets = shownBy(facts)
  return {
    // One for each run, so that it can be written again.
    output_id: `output_${run.run_id}`,
    session_id: run.session_id,
    run_id: run.run_id,
    plugin: 'desktop',
    address: run.session_id,
    content: assets
      .map(
        ({ asset_id, file_name, media_type }) => `Attached asset: ${file_name || asset_id} (${media_type})`,
      )
      .join('\n'),
    parts: assets.map((attachment) => ({ type: 'attachment', attachment })),
    artifacts: assets,
    source_kind: 'daemon_emit_output',
    created_at_ms: clock.now(),
  }
}
