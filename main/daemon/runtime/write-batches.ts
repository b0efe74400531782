import type { Batch } from '@contract/fold'
import { join } from '@contract/fold'
import type { MessageId } from '@contract/ids'
import type { Clock } from '../ports/clock'
import type { Received, Store } from '../ports/store'

/** Hears what became of a batch: one of the two, once. */
export interface BatchFate {
  /** It is on disk, with what came after it while it waited. */
  readonly stored: (batch: Batch) => void
  readonly refused: (error: unknown) => void
}

/** Journals what all runs receive. */
export interface BatchWriter {
  /** At once; together with those of other runs, and a moment later, when many are under way. Throws nothing. */
  write(id: MessageId, batch: Batch, fate: BatchFate): void
  /** When something of this message waits, everything that waits is stored or refused before this returns. */
  flush(id: MessageId): void
}

interface Needs {
  readonly store: Pick<Store, 'messages'>
  readonly clock: Clock
  readonly runsUnderWay: () => number
}

/** With fewer runs than this nothing waits: most of what a transaction costs is the transaction. */
const many = 8
/** Milliseconds that a batch waits for others: longer with more runs, and always less than a frame. */
const gapOf = (runs: number): number => Math.min(15, Math.max(5, Math.floor(runs / 2)))

interface Waiting {
  batch: Batch
  readonly fate: BatchFate
}

export function createBatchWriter({ store, clock, runsUnderWay }: Needs): BatchWriter {
  const waiting = new Map<MessageId, Waiting>()
  let undo: (() => void) | undefined

  function writeAll(): void {
    undo?.()
    undo = undefined
    const group = [...waiting].map(([id, { batch, fate }]) => ({ id, batch, fate }))
    waiting.clear()
    const isStored = group.length > 1 && storeTogether(group)
    for (const received of group) {
      try {
        if (!isStored) store.messages.appendBatches([received])
        received.fate.stored(received.batch)
      } catch (error) {
        received.fate.refused(error)
      }
    }
  }

  /** False when one of them is refused: then each is tried alone, and the others are not harmed. */
  function storeTogether(group: readonly Received[]): boolean {
    try {
      store.messages.appendBatches(group)
      return true
    } catch {
      return false
    }
  }

  return {
    write(id, batch, fate) {
      const before = waiting.get(id)
      if (before) before.batch = join(before.batch, batch)
      else waiting.set(id, { batch, fate })
      const runs = runsUnderWay()
      if (runs < many) writeAll()
      else undo ??= clock.after(gapOf(runs), writeAll)
    },
    flush(id) {
      if (waiting.has(id)) writeAll()
    },
  }
}
