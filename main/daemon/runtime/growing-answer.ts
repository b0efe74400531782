import type { Delta } from '@contract/fold'
import { squeeze } from '@contract/fold'
import type { MessageId } from '@contract/ids'
import { placeTurn, type Place } from '../core/tools/place-turn'
import type { RunRecord } from '../ports/store'
import type { RunPorts } from './run-ports'
import type { BatchWriter } from './write-batches'

/** The message that a run writes. Every change of it is a numbered delta, on disk before anybody hears of it. */
export interface GrowingAnswer {
  /** Where the next turn's parts begin. */
  begin(turn: number): void
  /** What a provider said, in the places of its own answer. */
  hear(deltas: readonly Delta[]): void
  /** What became of the tools, in the places of the message; it is on disk when this returns. Throws what the disk refuses. */
  put(deltas: readonly Delta[]): void
  /** Everything that waits is on disk or refused. */
  flush(): void
  /** How much of this turn there is. */
  readonly turn: { readonly base: number; readonly calls: number; readonly hasGrown: boolean }
  /** Why something could not be kept. */
  readonly refusal: { readonly error: unknown } | undefined
}

interface Heard {
  /** Something of the model is there to be seen. */
  readonly grew: () => void
  readonly refused: () => void
}

export function growAnswer(
  { store, publish, batches }: Pick<RunPorts, 'store' | 'publish'> & { readonly batches: BatchWriter },
  run: RunRecord,
  heard: Heard,
): GrowingAnswer {
  const message_id = run.assistant_message_id as MessageId
  const message = store.messages.get(message_id)
  let seen = message?.seen ?? 0
  let parts = message?.parts.length ?? 0
  const used = new Set(message?.parts.flatMap((part) => (part.kind === 'tool_call' ? [part.call_id] : [])))
  let place: Place = { base: parts, turn: 1, used }
  let turn = { base: parts, calls: 0, hasGrown: false }
  let isModel = true
  let refusal: { readonly error: unknown } | undefined

  function grow(deltas: readonly Delta[]): void {
    if (deltas.length === 0) return
    const batch = { from: seen + 1, upto: seen + deltas.length, deltas: squeeze(deltas) }
    seen = batch.upto
    batches.write(message_id, batch, {
      stored: (stored) => {
        if (isModel) heard.grew()
        publish({
          type: 'run.grew',
          run_id: run.run_id,
          session_id: run.session_id,
          message_id,
          batch: stored,
        })
      },
      refused: (error) => {
        refusal = { error }
        heard.refused()
      },
    })
  }

  return {
    begin(number) {
      place = { base: parts, turn: number, used }
      turn = { base: parts, calls: 0, hasGrown: false }
      isModel = true
    },
    hear(deltas) {
      if (deltas.length === 0) return
      const placed = placeTurn(deltas, place)
      const begun = placed.filter((delta) => delta.at === 'part')
      parts += begun.length
      const calls = begun.filter(({ part }) => part.kind === 'tool_call').length
      turn = { ...turn, calls: turn.calls + calls, hasGrown: true }
      grow(placed)
    },
    put(deltas) {
      // What waits is the model's.
      batches.flush(message_id)
      isModel = false
      parts += deltas.filter(({ at }) => at === 'part').length
      grow(deltas)
      batches.flush(message_id)
      if (refusal) throw refusal.error
    },
    flush: () => batches.flush(message_id),
    get turn() {
      return turn
    },
    get refusal() {
      return refusal
    },
  }
}
