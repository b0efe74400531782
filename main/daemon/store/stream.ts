import type { Delta, Growing } from '@contract/fold'
import { fold } from '@contract/fold'
import type { MessageId, SessionId } from '@contract/ids'
import type { Part } from '@contract/message'
import type { Database } from 'better-sqlite3'
import type { Received } from '../ports/store'
import type { AssetHolds } from './hold-assets'
import { messageNotFound } from './message-not-found'

/** What a message has become by what it received, as far as that is on disk. */
interface Growth {
  readonly place: number
  readonly session_id: SessionId
  /** No row of this message is older. */
  readonly first: number
  readonly now: Growing
}

interface Row {
  readonly seq: number
  readonly message_id: MessageId
  readonly from_seq: number
  readonly upto_seq: number
  readonly deltas: string
}

interface Settled {
  readonly place: number
  readonly session_id: SessionId
  readonly seen: number
  readonly parts: string
}

/** The journal of what growing messages receive. */
export interface Stream {
  /** All of it or nothing. What has been seen changes nothing; a hole is a bug and throws. */
  append(group: readonly Received[]): void
  /** The message with all it has received; undefined when its own row has all of that. */
  grown(id: MessageId, settledSeen: number): Growing | undefined
  /** Gives its own row what the message has received. To be called in a transaction. */
  settle(id: MessageId): void
}

/** Rows that are kept for the sake of the oldest message that still grows. */
const mostRows = 20_000

/**
 * The rows are read once, when the store opens; from then on memory has what they say, and is never ahead of the disk.
 * They go from the oldest on, as soon as no growing message needs them.
 */
export function stream(db: Database, hold: AssetHolds): Stream {
  const settled = db.prepare<[string], Settled>(
    `SELECT place, session_id, seen, parts FROM message WHERE message_id = ?`,
  )
  // By the place, which is found at once; it may be another message's when this one is gone.
  const seenAt = db
    .prepare<[number, string], number>(`SELECT seen FROM message WHERE place = ? AND message_id = ?`)
    .pluck()
  const insert = db.prepare<[number, number, number, string, number, string]>(
    `INSERT INTO stream_batch (seq, message_id, from_seq, upto_seq, deltas)
     SELECT ?, message_id, ?, ?, ? FROM message WHERE place = ? AND message_id = ?`,
  )
  const all = db.prepare<[], Row>(
    `SELECT seq, message_id, from_seq, upto_seq, deltas FROM stream_batch ORDER BY seq`,
  )
  const save = db.prepare<[string, number, number, string]>(
    `UPDATE message SET parts = ?, seen = ? WHERE place = ? AND message_id = ?`,
  )
  const dropBefore = db.prepare<[number]>(`DELETE FROM stream_batch WHERE seq < ?`)
  const dropAll = db.prepare(`DELETE FROM stream_batch`)

  const growing = new Map<MessageId, Growth>()
  /** Of the newest row. Never used again, also not when all rows are gone. */
  let seq = 0

  /** A growth that is no news any more may come back when its transaction is undone: it stays until another begins. */
  const isNews = (id: MessageId, { place, now }: Growth) => (seenAt.get(place, id) ?? Infinity) < now.seen

  function begin(id: MessageId, first: number): Growth | undefined {
    const row = settled.get(id)
    if (!row) return undefined
    const { place, session_id, seen, parts } = row
    return { place, session_id, first, now: { seen, parts: JSON.parse(parts) as Part[] } }
  }

  for (const { message_id, from_seq, upto_seq, deltas, ...row } of all.all()) {
    seq = row.seq
    const before = growing.get(message_id) ?? begin(message_id, seq)
    if (!before) continue
    const now = fold(before.now, { from: from_seq, upto: upto_seq, deltas: JSON.parse(deltas) as Delta[] })
    if (now === 'gap') throw new Error(`batch ${from_seq} of ${message_id} leaves a gap`)
    growing.set(message_id, { ...before, now })
  }

  /** Writes the rows; answers what the messages are once that is committed. */
  function write(group: readonly Received[]): ReadonlyMap<MessageId, Growth> {
    const after = new Map<MessageId, Growth>()
    for (const { id, batch } of group) {
      const before = after.get(id) ?? growing.get(id) ?? begin(id, seq + 1)
      if (!before) throw messageNotFound(id)
      const now = fold(before.now, batch)
      if (now === 'gap') throw new Error(`batch ${batch.from} of ${id} leaves a gap after ${before.now.seen}`)
      if (now === before.now) continue
      seq += 1
      const { from, upto, deltas } = batch
      const { changes } = insert.run(seq, from, upto, JSON.stringify(deltas), before.place, id)
      if (changes === 0) throw messageNotFound(id)
      const added = deltas.flatMap((delta) => (delta.at === 'part' ? [delta.part] : []))
      hold.message({ message_id: id, session_id: before.session_id, parts: added })
      after.set(id, { ...before, now })
    }
    return after
  }
  const together = db.transaction(write)

  function saveOne(id: MessageId, growth: Growth): void {
    if (!isNews(id, growth)) return
    save.run(JSON.stringify(growth.now.parts), growth.now.seen, growth.place, id)
  }
  const saveAll = db.transaction(() => {
    for (const [id, growth] of growing) saveOne(id, growth)
    dropAll.run()
  })

  return {
    append(group) {
      // What is undone later would stay in memory.
      if (db.inTransaction) throw new Error('batches are a transaction of their own')
      const oldest = Math.min(...[...growing.values()].map(({ first }) => first))
      if (seq - oldest >= mostRows) {
        saveAll.immediate()
        growing.clear()
      }
      const after = together.immediate(group)
      const isNew = [...after.keys()].some((id) => !growing.has(id))
      if (isNew) for (const [id, growth] of growing) if (!isNews(id, growth)) growing.delete(id)
      for (const [id, growth] of after) growing.set(id, growth)
    },
    grown(id, settledSeen) {
      const growth = growing.get(id)
      return growth && growth.now.seen > settledSeen ? growth.now : undefined
    },
    settle(id) {
      const growth = growing.get(id)
      if (!growth) return
      saveOne(id, growth)
      const needed = [...growing].filter(([id, growth]) => isNews(id, growth))
      if (needed.length === 0) dropAll.run()
      else dropBefore.run(Math.min(...needed.map(([, { first }]) => first)))
    },
  }
}
