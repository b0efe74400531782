import type { RunId } from '@contract/ids'
import { fault } from '@contract/fault'
import type { Approval } from '@contract/permissions'
import type { Database } from 'better-sqlite3'
import { Failure } from '../core/failure'
import type { ApprovalStore } from '../ports/tool-store'
import { atomically } from './atomically'

type Row = Omit<Approval, 'decision' | 'resolved_at_ms'> & {
  readonly decision: NonNullable<Approval['decision']> | null
  readonly resolved_at_ms: number | null
}

const columns = `approval_id, run_id, session_id, message_id, call_id, tool_name, tool_class, arguments,
  requested_at_ms, status, decision, resolved_at_ms`

/** Calls that somebody has to decide, and what was decided. */
export function approvals(db: Database): ApprovalStore {
  const insert = db.prepare<[Row]>(
    `INSERT INTO approval (number, ${columns})
     SELECT coalesce(max(number), 0) + 1, @approval_id, @run_id, @session_id, @message_id, @call_id, @tool_name,
            @tool_class, @arguments, @requested_at_ms, @status, @decision, @resolved_at_ms
       FROM approval`,
  )
  const get = db.prepare<[string], Row>(`SELECT ${columns} FROM approval WHERE approval_id = ?`)
  const list = db.prepare<
    [{ session_id: string | null; run_id: string | null; pending: number; limit: number }],
    Row
  >(
    `SELECT * FROM (
       SELECT number, ${columns} FROM approval
        WHERE (@session_id IS NULL OR session_id = @session_id) AND (@run_id IS NULL OR run_id = @run_id)
          AND (@pending = 0 OR status = 'pending')
        ORDER BY number DESC LIMIT @limit)
      ORDER BY number`,
  )
  const resolve = db.prepare<
    [
      {
        approval_id: string
        status: Approval['status']
        decision: Approval['decision'] | null
        resolved_at_ms: number
      },
    ],
    Row
  >(
    `UPDATE approval SET status = @status, decision = @decision, resolved_at_ms = @resolved_at_ms
      WHERE approval_id = @approval_id AND status = 'pending' RETURNING ${columns}`,
  )
  const expire = db.prepare<[{ run_id: RunId; at_ms: number }], Row>(
    `UPDATE approval SET status = 'expired', resolved_at_ms = @at_ms
      WHERE run_id = @run_id AND status = 'pending' RETURNING ${columns}`,
  )
  return {
    add: atomically(db, (all: readonly Approval[]): void => {
      for (const { decision = null, resolved_at_ms = null, ...rest } of all)
        insert.run({ ...rest, decision, resolved_at_ms })
    }),
    get: (id) => {
      const row = get.get(id)
      return row && toApproval(row)
    },
    list: ({ session_id = null, run_id = null, pending, limit }) =>
      list.all({ session_id, run_id, pending: Number(pending), limit }).map(toApproval),
    resolve: (approval_id, { status, decision = null, resolved_at_ms }) => {
      const row = resolve.get({ approval_id, status, decision, resolved_at_ms })
      if (row) return toApproval(row)
      throw new Failure(
        fault('approval_request_not_pending', 'This was decided before, or its answer has ended.'),
      )
    },
    expire: (run_id, at_ms) => expire.all({ run_id, at_ms }).map(toApproval),
  }
}

function toApproval(row: Row): Approval {
  const { approval_id, run_id, session_id, message_id, call_id, tool_name, tool_class, status } = row
  return {
    approval_id,
    run_id,
    session_id,
    message_id,
    call_id,
    tool_name,
    tool_class,
    arguments: row.arguments,
    requested_at_ms: row.requested_at_ms,
    status,
    ...(row.decision === null ? {} : { decision: row.decision }),
    ...(row.resolved_at_ms === null ? {} : { resolved_at_ms: row.resolved_at_ms }),
  }
}
