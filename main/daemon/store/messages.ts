import type { Fault } from '@contract/fault'
import { fault } from '@contract/fault'
import type { Batch, Delta, Growing } from '@contract/fold'
import { fold } from '@contract/fold'
import type { MessageId, RunId, SessionId } from '@contract/ids'
import type { Message, Part, Role } from '@contract/message'
import type { Receipt, RunStatus } from '@contract/runs'
import type { Database } from 'better-sqlite3'
import { Failure } from '../core/failure'
import type { MessageWriter, NewMessage } from '../ports/store'
import { atomically } from './atomically'
import { copyRun } from './copy-run'
import type { AssetHolds } from './hold-assets'
import type { SearchWriter } from './search-index'

interface Row {
  readonly place: number
  readonly message_id: MessageId
  readonly session_id: SessionId
  readonly parent_id: MessageId | null
  readonly role: Role
  readonly run_id: RunId | null
  readonly created_at_ms: number
  readonly seen: number
  readonly parts: string
  readonly versions: string
  readonly growing: number
  readonly status: RunStatus | null
  readonly receipt: string | null
  readonly fault: string | null
}

interface BatchRow {
  readonly from_seq: number
  readonly upto_seq: number
  readonly deltas: string
}

const columns = `m.place, m.message_id, m.session_id, m.parent_id, m.role, m.run_id, m.created_at_ms, m.seen, m.parts,
  (SELECT json_group_array(v.message_id ORDER BY v.place) FROM message v
    WHERE v.parent_id IS m.parent_id AND v.session_id = m.session_id) AS versions,
  EXISTS (SELECT 1 FROM stream_batch b WHERE b.message_id = m.message_id) AS growing,
  r.status, r.receipt, r.fault`
const wholePath = Number.MAX_SAFE_INTEGER
const withRun = `LEFT JOIN run r ON r.run_id = m.run_id AND m.role = 'assistant'`

/** The tree of messages, and the batches of those that still grow. Settled text is indexed in the same transaction. */
export function messages(db: Database, index: SearchWriter, hold: AssetHolds): MessageWriter {
  const get = db.prepare<[string], Row>(`SELECT ${columns} FROM message m ${withRun} WHERE m.message_id = ?`)
  const path = db.prepare<[{ leaf: string; limit: number }], Row>(
    `WITH RECURSIVE up (place, parent_id, depth) AS (
       SELECT place, parent_id, 1 FROM message WHERE message_id = @leaf
       UNION ALL
       SELECT p.place, p.parent_id, up.depth + 1
         FROM up JOIN message p ON p.message_id = up.parent_id
        WHERE up.depth < @limit
     )
     SELECT ${columns} FROM up JOIN message m ON m.place = up.place ${withRun} ORDER BY up.depth DESC`,
  )
  const withAttachments = db.prepare<[string], { message_id: MessageId; parts: string }>(
    // A chat that holds no file, as most do, is not walked.
    `WITH RECURSIVE up (place, message_id, parent_id, depth) AS (
       SELECT place, message_id, parent_id, 1 FROM message m
        WHERE message_id = ? AND EXISTS (SELECT 1 FROM message_asset h WHERE h.session_id = m.session_id)
       UNION ALL
       SELECT p.place, p.message_id, p.parent_id, up.depth + 1 FROM up JOIN message p ON p.message_id = up.parent_id
     )
     SELECT m.message_id, m.parts FROM up JOIN message m ON m.place = up.place
      WHERE m.role = 'user' AND EXISTS (SELECT 1 FROM message_asset h WHERE h.message_id = up.message_id)
      ORDER BY up.depth DESC`,
  )
  const parentOf = db
    .prepare<[string], MessageId | null>(`SELECT parent_id FROM message WHERE message_id = ?`)
    .pluck()
  const newestLeaf = db
    .prepare<[string], MessageId>(
      `WITH RECURSIVE down (message_id, depth) AS (
         SELECT message_id, 0 FROM message WHERE message_id = ?
         UNION ALL
         SELECT (SELECT c.message_id FROM message c WHERE c.parent_id = down.message_id ORDER BY c.place DESC LIMIT 1),
                down.depth + 1
           FROM down
          WHERE EXISTS (SELECT 1 FROM message c WHERE c.parent_id = down.message_id)
       )
       SELECT message_id FROM down ORDER BY depth DESC LIMIT 1`,
    )
    .pluck()
  const insert = db.prepare<[Omit<NewMessage, 'parts'> & { parts: string; seen: number }]>(
    `INSERT INTO message (message_id, session_id, parent_id, role, run_id, created_at_ms, seen, parts)
     VALUES (@message_id, @session_id, @parent_id, @role, @run_id, @created_at_ms, @seen, @parts)`,
  )
  // The last number received, whether still journalled or already settled; no row: no such message.
  const lastSeen = db
    .prepare<[string], number>(
      `SELECT coalesce((SELECT upto_seq FROM stream_batch b WHERE b.message_id = m.message_id
                         ORDER BY from_seq DESC LIMIT 1), m.seen)
         FROM message m WHERE m.message_id = ?`,
    )
    .pluck()
  const addBatch = db.prepare<[string, number, number, string]>(
    `INSERT INTO stream_batch (message_id, from_seq, upto_seq, deltas) VALUES (?, ?, ?, ?)`,
  )
  const batches = db.prepare<[string], BatchRow>(
    `SELECT from_seq, upto_seq, deltas FROM stream_batch WHERE message_id = ? ORDER BY from_seq`,
  )
  const dropBatches = db.prepare<[string]>(`DELETE FROM stream_batch WHERE message_id = ?`)
  const saveParts = db.prepare<[{ parts: string; seen: number; place: number }]>(
    `UPDATE message SET parts = @parts, seen = @seen WHERE place = @place`,
  )

  const copyRunOf = copyRun(db, hold)

  const found = (id: MessageId): Row => {
    const row = get.get(id)
    if (row) return row
    throw new Failure(
      fault('message_not_found', `There is no message ${id}; its chat may have been deleted.`),
    )
  }

  const grown = (row: Row): Growing => {
    let growing: Growing = { parts: JSON.parse(row.parts) as readonly Part[], seen: row.seen }
    if (row.growing === 0) return growing
    for (const { from_seq, upto_seq, deltas } of batches.all(row.message_id)) {
      const next = fold(growing, { from: from_seq, upto: upto_seq, deltas: JSON.parse(deltas) as Delta[] })
      if (next === 'gap') throw new Error(`batch ${from_seq} of ${row.message_id} leaves a gap`)
      growing = next
    }
    return growing
  }

  const toMessage = (row: Row): Message => ({
    message_id: row.message_id,
    session_id: row.session_id,
    parent_id: row.parent_id,
    role: row.role,
    ...grown(row),
    created_at_ms: row.created_at_ms,
    run_id: row.run_id,
    versions: JSON.parse(row.versions) as readonly MessageId[],
    ...(row.status === null ? {} : { status: row.status }),
    ...(row.receipt === null ? {} : { receipt: JSON.parse(row.receipt) as Receipt }),
    ...(row.fault === null ? {} : { fault: JSON.parse(row.fault) as Fault }),
  })

  const write = (message: NewMessage, seen: number): Row => {
    insert.run({ ...message, parts: JSON.stringify(message.parts), seen })
    hold.message(message)
    return found(message.message_id)
  }

  const add = atomically(db, (message: NewMessage): Message => {
    const row = write(message, 0)
    if (message.role === 'user') index.put(row.place, message.parts)
    return toMessage(row)
  })

  const addHoldingBatch = atomically(db, (id: MessageId, batch: Batch, attached: readonly Part[]): void => {
    addBatch.run(id, batch.from, batch.upto, JSON.stringify(batch.deltas))
    hold.message({ message_id: id, session_id: found(id).session_id, parts: attached })
  })

  const settle = atomically(db, (id: MessageId): Message => {
    const row = found(id)
    if (row.role === 'user') return toMessage(row)
    const { parts, seen } = grown(row)
    if (row.growing === 1) {
      saveParts.run({ parts: JSON.stringify(parts), seen, place: row.place })
      dropBatches.run(id)
    }
    index.put(row.place, parts)
    return toMessage(found(id))
  })

  const copyPath = atomically(
    db,
    (leaf: MessageId, to: SessionId, newId: () => MessageId, newRunId: () => RunId): MessageId => {
      found(leaf)
      const ids = new Map<MessageId, MessageId>()
      const runIds = new Map<RunId, RunId>()
      let parent_id: MessageId | null = null
      for (const row of path.all({ leaf, limit: wholePath })) {
        const message_id = newId()
        ids.set(row.message_id, message_id)
        if (row.run_id !== null && !runIds.has(row.run_id)) runIds.set(row.run_id, newRunId())
        const { parts, seen } = grown(row)
        const { role, created_at_ms } = row
        const run_id = row.run_id === null ? null : (runIds.get(row.run_id) ?? null)
        const copy = write(
          { message_id, session_id: to, parent_id, role, parts, created_at_ms, run_id },
          seen,
        )
        index.put(copy.place, parts)
        parent_id = message_id
      }
      for (const [from, run_id] of runIds) copyRunOf(from, run_id, to, ids)
      return ids.get(leaf) ?? leaf
    },
  )

  return {
    get: (id) => {
      const row = get.get(id)
      return row && toMessage(row)
    },
    path: (leaf, { limit, before }) => {
      const from = before === undefined ? leaf : parentOf.get(before)
      if (from === undefined) found(before ?? leaf)
      const rows = from ? path.all({ leaf: from, limit: limit + 1 }) : []
      const has_more = rows.length > limit
      return { messages: rows.slice(has_more ? 1 : 0).map(toMessage), has_more }
    },
    withAttachments: (leaf) =>
      withAttachments
        .all(leaf)
        .map(({ message_id, parts }) => ({ message_id, parts: JSON.parse(parts) as readonly Part[] })),
    newestLeaf: (id) => newestLeaf.get(id) ?? found(id).message_id,
    add,
    appendBatch: (id, batch: Batch) => {
      const seen = lastSeen.get(id)
      if (seen === undefined) found(id)
      else if (batch.upto <= seen) return
      else if (batch.from !== seen + 1)
        throw new Error(`batch ${batch.from} of ${id} leaves a gap after ${seen}`)
      const attached = batch.deltas.flatMap((delta) => (delta.at === 'part' ? [delta.part] : []))
      if (attached.some(({ kind }) => kind === 'attachment')) addHoldingBatch(id, batch, attached)
      else addBatch.run(id, batch.from, batch.upto, JSON.stringify(batch.deltas))
    },
    settle,
    copyPath,
  }
}
