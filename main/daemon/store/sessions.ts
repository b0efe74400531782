import { fault } from '@contract/fault'
import type { AssetId, MessageId, SessionId } from '@contract/ids'
import type { AssetRef } from '@contract/message'
import type { SessionView } from '@contract/sessions'
import type { Database } from 'better-sqlite3'
import { Failure } from '../core/failure'
import type { SessionPatch, SessionWriter } from '../ports/store'
import { atomically } from './atomically'
import type { AssetHolds } from './hold-assets'

interface Row {
  readonly session_id: SessionId
  readonly title: string
  readonly created_at_ms: number
  readonly updated_at_ms: number
  readonly head_message_id: MessageId | null
  readonly provider: string | null
  readonly model: string | null
  readonly activity: SessionView['activity']
  readonly unread: number
  readonly cost_usd: number | null
  readonly draft: string
  readonly draft_assets: string
}

const columns = `session_id, title, created_at_ms, updated_at_ms, head_message_id, provider, model,
  activity, unread, cost_usd, draft,
  (SELECT json_group_array(d.asset_id ORDER BY d.place) FROM draft_asset d
    WHERE d.session_id = session.session_id) AS draft_assets`

/** The chats. `update` also reaches one that is marked deleted: it may come back, and its run goes on meanwhile. */
export function sessions(
  db: Database,
  hold: AssetHolds,
  refOf: (id: AssetId) => AssetRef | undefined,
): SessionWriter {
  const get = db.prepare<[string], Row>(
    `SELECT ${columns} FROM session WHERE session_id = ? AND deleted_at_ms IS NULL`,
  )
  const page = db.prepare<[{ at: number; id: string; limit: number }], Row>(
    `SELECT ${columns} FROM session
      WHERE deleted_at_ms IS NULL AND (updated_at_ms, session_id) < (@at, @id)
      ORDER BY updated_at_ms DESC, session_id DESC
      LIMIT @limit`,
  )
  const first = db.prepare<[number], Row>(
    `SELECT ${columns} FROM session
      WHERE deleted_at_ms IS NULL
      ORDER BY updated_at_ms DESC, session_id DESC
      LIMIT ?`,
  )
  const total = db.prepare<[], number>(`SELECT count(*) FROM session WHERE deleted_at_ms IS NULL`).pluck()
  const routesNamed = db.prepare<[], { route_id: string; count: number }>(
    `SELECT provider AS route_id, count(*) AS count FROM session
      WHERE provider IS NOT NULL AND deleted_at_ms IS NULL GROUP BY provider ORDER BY provider`,
  )
  const insert = db.prepare<[{ session_id: string; title: string; at_ms: number }]>(
    `INSERT INTO session (session_id, title, created_at_ms, updated_at_ms)
     VALUES (@session_id, @title, @at_ms, @at_ms)
     ON CONFLICT (session_id) DO NOTHING`,
  )
  // One statement for every patch: a null keeps a column that has no null; `sets_…` tells for those that have.
  const update = db.prepare<[ReturnType<typeof toColumns>], Row>(
    `UPDATE session SET
       title           = coalesce(@title, title),
       draft           = coalesce(@draft, draft),
       activity        = coalesce(@activity, activity),
       unread          = coalesce(@unread, unread),
       updated_at_ms   = coalesce(@updated_at_ms, updated_at_ms),
       provider        = iif(@sets_provider, @provider, provider),
       model           = iif(@sets_model, @model, model),
       head_message_id = iif(@sets_head, @head_message_id, head_message_id),
       cost_usd        = iif(@add_cost_usd IS NULL, cost_usd, coalesce(cost_usd, 0) + @add_cost_usd)
     WHERE session_id = @session_id
     RETURNING ${columns}`,
  )
  const isThere = db.prepare<[string], number>(`SELECT 1 FROM session WHERE session_id = ?`).pluck()
  const mark = db.prepare<[number, string]>(
    `UPDATE session SET deleted_at_ms = ? WHERE session_id = ? AND deleted_at_ms IS NULL`,
  )
  const restore = db.prepare<[string], Row>(
    `UPDATE session SET deleted_at_ms = NULL WHERE session_id = ? RETURNING ${columns}`,
  )
  const purgeOne = db.prepare<[string]>(
    `DELETE FROM session WHERE session_id = ? AND deleted_at_ms IS NOT NULL`,
  )
  const purge = db
    .prepare<[number], SessionId>(`DELETE FROM session WHERE deleted_at_ms < ? RETURNING session_id`)
    .pluck()
  const purgeBatches = db.prepare(
    `DELETE FROM stream_batch WHERE message_id NOT IN (SELECT message_id FROM message)`,
  )

  const toView = (row: Row): SessionView => {
    const { provider, model, unread, cost_usd, draft_assets, ...rest } = row
    const attached = (JSON.parse(draft_assets) as readonly AssetId[]).flatMap((id) => refOf(id) ?? [])
    return {
      ...rest,
      unread: unread === 1,
      ...(provider === null ? {} : { provider }),
      ...(model === null ? {} : { model }),
      ...(cost_usd === null ? {} : { cost_usd }),
      ...(attached.length === 0 ? {} : { draft_attachments: attached }),
    }
  }

  const found = (row: Row | undefined, id: SessionId): SessionView => {
    if (row) return toView(row)
    throw new Failure(fault('session_not_found', `There is no chat ${id}; it may have been deleted.`))
  }

  const change = atomically(db, (id: SessionId, patch: SessionPatch): SessionView => {
    if (patch.draft_attachments && isThere.get(id) === 1) hold.draft(id, patch.draft_attachments)
    return found(update.get(toColumns(id, patch)), id)
  })

  const create = atomically(db, (session: Parameters<SessionWriter['create']>[0]): SessionView => {
    // An id chosen again after a deletion is a new chat, not the old one's ghost.
    if (purgeOne.run(session.session_id).changes > 0) purgeBatches.run()
    insert.run(session)
    return found(get.get(session.session_id), session.session_id)
  })

  const purgeDeleted = atomically(db, (at_ms: number): SessionId[] => {
    const gone = purge.all(at_ms)
    if (gone.length > 0) purgeBatches.run()
    return gone
  })

  return {
    get: (id) => {
      const row = get.get(id)
      return row && toView(row)
    },
    list: ({ limit, before }) => {
      const rows = before
        ? page.all({ at: before.updated_at_ms, id: before.session_id, limit })
        : first.all(limit)
      return { sessions: rows.map(toView), total: total.get() ?? 0 }
    },
    routesNamed: () => routesNamed.all(),
    create,
    update: change,
    markDeleted: (id, at_ms) => void mark.run(at_ms, id),
    restore: (id) => {
      const row = restore.get(id)
      return row && toView(row)
    },
    purgeDeleted,
  }
}

function toColumns(id: SessionId, patch: SessionPatch) {
  return {
    session_id: id,
    title: patch.title ?? null,
    draft: patch.draft ?? null,
    activity: patch.activity ?? null,
    unread: patch.unread === undefined ? null : Number(patch.unread),
    updated_at_ms: patch.updated_at_ms ?? null,
    sets_provider: Number(patch.provider !== undefined),
    provider: patch.provider ?? null,
    sets_model: Number(patch.model !== undefined),
    model: patch.model ?? null,
    sets_head: Number(patch.head_message_id !== undefined),
    head_message_id: patch.head_message_id ?? null,
    add_cost_usd: patch.add_cost_usd ?? null,
  }
}
