import type { Delta } from '@contract/fold'
import { closing, openCalls } from '../core/tools/open-calls'
import type { RunRecord } from '../ports/store'
import type { CallRecord } from '../ports/tool-store'
import type { RunPorts } from './run-ports'

/**
 * Says of every call of a run that ends before it what became of it: never sent, or sent without a known end (contract
 * 6.5). Nothing is done again. Never inside a transaction.
 */
export function closeCalls({ store, clock }: Pick<RunPorts, 'store' | 'clock'>, run: RunRecord): void {
  const id = run.assistant_message_id
  const message = id ? store.messages.get(id) : undefined
  if (!id || !message?.parts.some(({ kind }) => kind === 'tool_call')) return
  const records = store.calls.of(run.run_id)
  const byCall = new Map(records.map((record) => [record.call_id, record]))
  const deltas = openCalls(message.parts).map(({ part, place }): Delta => {
    const { state, output, facts } = endOf(byCall.get(part.call_id))
    return { at: 'tool', place, state, output, ...(facts ? { facts } : {}) }
  })
  if (deltas.length > 0) {
    const batch = { from: message.seen + 1, upto: message.seen + deltas.length, deltas }
    store.messages.appendBatches([{ id, batch }])
  }
  const left = records.filter(({ state }) => state === 'planned' || state === 'dispatched')
  if (left.length === 0) return
  // What the message says is how it came out: that is written first.
  const parts = store.messages.get(id)?.parts ?? []
  const at_ms = clock.now()
  store.transaction(() => {
    for (const { call_id, place } of left) {
      const part = parts[place]
      if (part?.kind !== 'tool_call' || part.call_id !== call_id) continue
      const { state, output = '', facts } = part
      if (state !== 'done' && state !== 'failed') continue
      store.calls.end(run.run_id, call_id, { state, at_ms, output, ...(facts ? { facts } : {}) })
      const data = { call_id, name: part.name, state }
      store.runs.addEvent(run.run_id, { at_ms, kind: 'tool_ended', data })
      store.journal.append(run.session_id, {
        kind: 'tool_call_finished',
        at_ms,
        data: { run_id: run.run_id, ...data },
      })
    }
  })
}

function endOf(record: CallRecord | undefined) {
  if (record?.state === 'done' || record?.state === 'failed') {
    const { state, output = '', facts } = record
    return { state, output, facts }
  }
  return { state: 'failed' as const, ...closing(record?.state === 'dispatched') }
}
