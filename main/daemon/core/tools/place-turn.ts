import type { Delta } from '@contract/fold'

/** Where a turn's parts lie in its message, and which ids are taken there. */
export interface Place {
  /** Parts that were there before. */
  readonly base: number
  /** From 1. */
  readonly turn: number
  /** Call ids of the message; what a turn brings is added. */
  readonly used: Set<string>
}

/**
 * What a provider's answer grew by, as the message grows by it: behind what earlier turns and their tools left, and with
 * no call id twice (API reference 2.4).
 */
export function placeTurn(deltas: readonly Delta[], { base, turn, used }: Place): readonly Delta[] {
  return deltas.map((delta): Delta => {
    if (delta.at !== 'part') return base === 0 ? delta : { ...delta, place: delta.place + base }
    const { part } = delta
    if (part.kind !== 'tool_call') return delta
    const call_id = freeId(part.call_id, used)
    used.add(call_id)
    return { at: 'part', part: { ...part, call_id, ...(turn > 1 ? { turn } : {}) } }
  })
}

function freeId(given: string, used: ReadonlySet<string>): string {
  if (!used.has(given)) return given
  let number = 2
  while (used.has(`${given}_${number}`)) number += 1
  return `${given}_${number}`
}
