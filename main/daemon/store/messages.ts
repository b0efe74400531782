import type { Fault } from '@contract/fault'
import type { Growing } from '@contract/fold'
import type { MessageId, RunId, SessionId } from '@contract/ids'
import type { Message, Part, Role, SpokenRef } from '@contract/message'
import type { Receipt, RunStatus } from '@contract/runs'
import type { Database } from 'better-sqlite3'
import type { MessageWriter, NewMessage } from '../ports/store'
import { atomically } from './atomically'
import { copyRun } from './copy-run'
import type { AssetHolds } from './hold-assets'
import { messageNotFound } from './message-not-found'
import type { SearchWriter } from './search-index'
import { stream } from './stream'

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
  readonly status: RunStatus | null
  readonly receipt: string | null
  readonly fault: string | null
  readonly is_spoken: number
}

const columns = `m.place, m.message_id, m.session_id, m.parent_id, m.role, m.run_id, m.created_at_ms, m.seen, m.parts,
  (SELECT json_group_array(v.message_id ORDER BY v.place) FROM message v
    WHERE v.parent_id IS m.parent_id AND v.session_id = m.session_id) AS versions,
  r.status, r.receipt, r.fault,
  EXISTS (SELECT 1 FROM message_speech h WHERE h.message_id = m.message_id) AS is_spoken`
const wholePath = Number.MAX_SAFE_INTEGER
const withRun = `LEFT JOIN run r ON r.run_id = m.run_id AND m.role = 'assistant'`

/** The tree of messages, and the batches of those that still grow. Settled text is indexed in the same transaction. */
export function messages(
  db: Database,
  index: SearchWriter,
  hold: AssetHolds,
  spokenOf: (id: MessageId) => readonly SpokenRef[],
): MessageWriter {
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
      WHERE EXISTS (SELECT 1 FROM message_asset h WHERE h.message_id = up.message_id)
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

  const copyRunOf = copyRun(db, hold)
  const received = stream(db, hold)

  const found = (id: MessageId): Row => {
    const row = get.get(id)
    if (row) return row
    throw messageNotFound(id)
  }

  const grown = ({ message_id, parts, seen }: Row): Growing =>
    received.grown(message_id, seen) ?? { parts: JSON.parse(parts) as readonly Part[], seen }

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
    ...(row.is_spoken === 0 ? {} : { spoken: spokenOf(row.message_id) }),
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

  const settle = atomically(db, (id: MessageId): Message => {
    const row = found(id)
    if (row.role === 'user') return toMessage(row)
    const { parts } = grown(row)
    received.settle(id)
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
        if (row.is_spoken === 1) hold.copiedSpeech(row.message_id, message_id, to)
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
    appendBatches: (group) => received.append(group),
    settle,
    copyPath,
  }
}
