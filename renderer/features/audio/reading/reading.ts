import type { Fault } from '@contract/fault'
import type { MessageId, SessionId } from '@contract/ids'
import type { Recording } from '../../../lib/sound/recording'

/** A message that is being read aloud, or waits to be. */
export interface Reading {
  readonly message_id: MessageId
  readonly session_id: SessionId
  /** Null: everything was there. */
  readonly speech_id: string | null
  /** Recordings by part, as far as they are there. */
  readonly parts: readonly (Recording | undefined)[]
  /** No part will come any more. */
  readonly isWhole: boolean
  /** The part that is heard, or awaited. */
  readonly at: number
  /** Recordings that are made, of those it needs. */
  readonly progress?: { readonly done: number; readonly all: number }
}

export interface Readings {
  /** The first is heard, the others wait. */
  readonly queue: readonly Reading[]
  readonly faults: ReadonlyMap<MessageId, Fault>
}

export const noReadings: Readings = { queue: [], faults: new Map() }

export const readingOf = ({ queue }: Readings, id: MessageId): Reading | undefined =>
  queue.find(({ message_id }) => message_id === id)

/** What is to be heard now, if it is there. */
export const dueIn = ({ queue: [first] }: Readings): Recording | undefined => first?.parts[first.at]

export const withReading = (all: Readings, reading: Reading): Readings => ({
  queue: [...all.queue, reading],
  faults: withoutFault(all, reading.message_id),
})

export const changed = (all: Readings, id: MessageId, change: Partial<Reading>): Readings => ({
  ...all,
  queue: settle(all.queue.map((each) => (each.message_id === id ? { ...each, ...change } : each))),
})

export const without = (all: Readings, id: MessageId): Readings => ({
  ...all,
  queue: all.queue.filter(({ message_id }) => message_id !== id),
})

export const failed = (all: Readings, id: MessageId, fault: Fault): Readings => ({
  queue: without(all, id).queue,
  faults: new Map([...all.faults, [id, fault]]),
})

function withoutFault({ faults }: Readings, id: MessageId): Readings['faults'] {
  const left = new Map(faults)
  left.delete(id)
  return left
}

/** A part was heard to its end: on to the next of them, or to the next message. */
export function heard(all: Readings, assetId: string): Readings {
  const [first] = all.queue
  if (!first || first.parts[first.at]?.asset_id !== assetId) return all
  return changed(all, first.message_id, { at: first.at + 1 })
}

/** What was heard to its end is no longer first. */
function settle(queue: readonly Reading[]): readonly Reading[] {
  const [first] = queue
  return first && first.isWhole && first.at >= first.parts.length ? settle(queue.slice(1)) : queue
}
