import type { DebugLevel } from '@contract/debug-level'
import type { Fault } from '@contract/fault'
import { fault } from '@contract/fault'
import type { AssetId, MessageId, RunId, SessionId } from '@contract/ids'
import type { Part } from '@contract/message'
import type { ObservedInput } from '@contract/observations'
import type { ProviderPreferences } from '@contract/request-settings'
import type { ImageOrder } from '@contract/image-order'
import type { Generation, Receipt, RunEvent, RunKind, RunStatus } from '@contract/runs'
import type { Database } from 'better-sqlite3'
import { Failure } from '../core/failure'
import type { RunPatch, RunRecord, RunWriter } from '../ports/store'
import { atomically } from './atomically'
import type { AssetHolds } from './hold-assets'

interface Row {
  readonly run_id: RunId
  readonly session_id: SessionId
  readonly kind: RunKind
  readonly status: RunStatus
  readonly submitted_at_ms: number
  readonly updated_at_ms: number
  readonly started_at_ms: number | null
  readonly finished_at_ms: number | null
  readonly position: number
  readonly source_kind: string
  readonly route_id: string
  readonly model: string
  readonly generation: string
  readonly provider_preferences: string
  readonly fallback_models: string
  readonly replaces: MessageId | null
  readonly user_message_id: MessageId | null
  readonly assistant_message_id: MessageId | null
  readonly receipt: string | null
  readonly fault: string | null
  readonly key_hash: string
  readonly fingerprint: string
  readonly input: string
  readonly debug_level: DebugLevel | null
  readonly context_assets: string | null
  readonly image: string | null
  readonly observed: string | null
}

interface EventRow {
  readonly seq: number
  readonly at_ms: number
  readonly kind: RunEvent['kind']
  readonly data: string | null
}

// Written out in each statement: the partial index `run_live` is only used where SQLite sees these words.
const live = `status IN ('queued', 'running', 'waiting_for_approval', 'waiting_for_user_question')`
const inQueueOrder = `ORDER BY position, submitted_at_ms, run_id`
const newestFirst = `ORDER BY submitted_at_ms DESC, run_id DESC LIMIT @limit`

/** The runs and their event lists. What moves a run from state to state is decided elsewhere. */
export function runs(db: Database, hold: AssetHolds): RunWriter {
  const get = db.prepare<[string], Row>(`SELECT * FROM run WHERE run_id = ?`)
  const findByKey = db.prepare<[string], Row>(`SELECT * FROM run WHERE key_hash = ?`)
  const list = {
    all: db.prepare<[Filter], Row>(`SELECT * FROM run ${newestFirst}`),
    session: db.prepare<[Filter], Row>(`SELECT * FROM run WHERE session_id = @session_id ${newestFirst}`),
    status: db.prepare<[Filter], Row>(`SELECT * FROM run WHERE status = @status ${newestFirst}`),
    both: db.prepare<[Filter], Row>(
      `SELECT * FROM run WHERE session_id = @session_id AND status = @status ${newestFirst}`,
    ),
  }
  const active = db.prepare<[string], Row>(
    `SELECT * FROM run WHERE session_id = ? AND ${live} AND status <> 'queued' AND kind = 'input' ${inQueueOrder} LIMIT 1`,
  )
  const queued = db.prepare<[string], Row>(
    `SELECT * FROM run WHERE session_id = ? AND ${live} AND status = 'queued' AND kind = 'input' ${inQueueOrder}`,
  )
  const unfinished = db.prepare<[], Row>(`SELECT * FROM run WHERE ${live} ${inQueueOrder}`)
  const insert = db.prepare<[Row]>(
    `INSERT INTO run (run_id, session_id, kind, status, submitted_at_ms, updated_at_ms, started_at_ms,
       finished_at_ms, position, source_kind, route_id, model, generation, provider_preferences,
       fallback_models, replaces,
       user_message_id, assistant_message_id, receipt, fault, key_hash, fingerprint, input, debug_level, context_assets,
       image, observed)
     VALUES (@run_id, @session_id, @kind, @status, @submitted_at_ms, @updated_at_ms, @started_at_ms,
       @finished_at_ms, @position, @source_kind, @route_id, @model, @generation,
       @provider_preferences, @fallback_models, @replaces,
       @user_message_id, @assistant_message_id, @receipt, @fault, @key_hash, @fingerprint, @input, @debug_level,
       @context_assets, @image, @observed)`,
  )
  const update = db.prepare<[ReturnType<typeof toColumns>], Row>(
    `UPDATE run SET
       status               = coalesce(@status, status),
       updated_at_ms        = @updated_at_ms,
       started_at_ms        = coalesce(@started_at_ms, started_at_ms),
       finished_at_ms       = coalesce(@finished_at_ms, finished_at_ms),
       user_message_id      = iif(@sets_user_message, @user_message_id, user_message_id),
       assistant_message_id = iif(@sets_assistant_message, @assistant_message_id, assistant_message_id),
       receipt              = coalesce(@receipt, receipt),
       fault                = coalesce(@fault, fault),
       debug_level          = coalesce(@debug_level, debug_level)
     WHERE run_id = @run_id
     RETURNING *`,
  )
  const unsettled = db.prepare<[number], Row>(
    `SELECT * FROM run
      WHERE submitted_at_ms >= ? AND status IN ('completed', 'failed', 'interrupted', 'cancelled')
        -- A branch has copies; what an answer cost is counted where it was given.
        AND key_hash NOT LIKE 'copied:%' AND receipt ->> '$.generation_id' IS NOT NULL AND receipt ->> '$.cost.basis' <> 'reported'
        -- Of several requests only the newest can be asked for.
        AND (receipt ->> '$.turns' IS NULL OR receipt ->> '$.settled_usd' IS NOT NULL)
      ORDER BY submitted_at_ms DESC, run_id DESC LIMIT 20`,
  )
  const events = db.prepare<[string], EventRow>(
    `SELECT seq, at_ms, kind, data FROM run_event WHERE run_id = ? ORDER BY seq`,
  )
  const counts = db.prepare<[], { status: RunStatus; count: number }>(
    `SELECT status, count(*) AS count FROM run GROUP BY status`,
  )
  const addEvent = db.prepare<[{ run_id: string; at_ms: number; kind: string; data: string | null }]>(
    `INSERT INTO run_event (run_id, seq, at_ms, kind, data)
     SELECT @run_id, coalesce(max(seq), 0) + 1, @at_ms, @kind, @data FROM run_event WHERE run_id = @run_id`,
  )

  return {
    get: (id) => toRecord(get.get(id)),
    list: ({ session_id, status, limit }) => {
      const which = session_id && status ? 'both' : session_id ? 'session' : status ? 'status' : 'all'
      const rows = list[which].all({ session_id: session_id ?? null, status: status ?? null, limit })
      return rows.map((row) => toRecord(row))
    },
    findByKey: (keyHash) => toRecord(findByKey.get(keyHash)),
    active: (session) => toRecord(active.get(session)),
    queued: (session) => queued.all(session).map((row) => toRecord(row)),
    unfinished: () => unfinished.all().map((row) => toRecord(row)),
    unsettled: (since) => unsettled.all(since).map((row) => toRecord(row)),
    events: (id) => events.all(id).map(toEvent),
    counts: () => Object.fromEntries(counts.all().map(({ status, count }) => [status, count])),
    add: atomically(db, (run: RunRecord): void => {
      insert.run(toRow(run))
      hold.run(run)
    }),
    update: (id, patch) => {
      const row = update.get(toColumns(id, patch))
      if (row) return toRecord(row)
      throw new Failure(fault('run_not_found', `There is no run ${id}; its chat may have been deleted.`))
    },
    addEvent: (id, { at_ms, kind, data }) =>
      void addEvent.run({ run_id: id, at_ms, kind, data: data ? JSON.stringify(data) : null }),
  }
}

interface Filter {
  readonly session_id: string | null
  readonly status: string | null
  readonly limit: number
}

function toColumns(id: RunId, patch: RunPatch) {
  return {
    run_id: id,
    status: patch.status ?? null,
    updated_at_ms: patch.updated_at_ms,
    started_at_ms: patch.started_at_ms ?? null,
    finished_at_ms: patch.finished_at_ms ?? null,
    sets_user_message: Number(patch.user_message_id !== undefined),
    user_message_id: patch.user_message_id ?? null,
    sets_assistant_message: Number(patch.assistant_message_id !== undefined),
    assistant_message_id: patch.assistant_message_id ?? null,
    receipt: patch.receipt ? JSON.stringify(patch.receipt) : null,
    fault: patch.fault ? JSON.stringify(patch.fault) : null,
    debug_level: patch.debug_level ?? null,
  }
}

function toRow(run: RunRecord): Row {
  return {
    ...run,
    started_at_ms: run.started_at_ms ?? null,
    finished_at_ms: run.finished_at_ms ?? null,
    generation: JSON.stringify(run.generation),
    provider_preferences: JSON.stringify(run.provider_preferences ?? {}),
    fallback_models: JSON.stringify(run.fallback_models ?? []),
    replaces: run.replaces ?? null,
    receipt: run.receipt ? JSON.stringify(run.receipt) : null,
    fault: run.fault ? JSON.stringify(run.fault) : null,
    input: JSON.stringify(run.input),
    debug_level: run.debug_level ?? null,
    context_assets: run.context_assets ? JSON.stringify(run.context_assets) : null,
    image: run.image ? JSON.stringify(run.image) : null,
    observed: run.observed ? JSON.stringify(run.observed) : null,
  }
}

function toRecord(row: Row): RunRecord
function toRecord(row: Row | undefined): RunRecord | undefined
function toRecord(row: Row | undefined): RunRecord | undefined {
  if (!row) return undefined
  const {
    started_at_ms,
    finished_at_ms,
    provider_preferences,
    fallback_models,
    replaces,
    receipt,
    fault: failure,
    debug_level,
    context_assets,
    image,
    observed,
    ...rest
  } = row
  return {
    ...rest,
    generation: JSON.parse(row.generation) as Generation,
    input: JSON.parse(row.input) as readonly Part[],
    ...(started_at_ms === null ? {} : { started_at_ms }),
    ...(finished_at_ms === null ? {} : { finished_at_ms }),
    ...(provider_preferences === '{}'
      ? {}
      : { provider_preferences: JSON.parse(provider_preferences) as ProviderPreferences }),
    ...(fallback_models === '[]'
      ? {}
      : { fallback_models: JSON.parse(fallback_models) as readonly string[] }),
    ...(replaces === null ? {} : { replaces }),
    ...(receipt === null ? {} : { receipt: JSON.parse(receipt) as Receipt }),
    ...(failure === null ? {} : { fault: JSON.parse(failure) as Fault }),
    ...(debug_level === null ? {} : { debug_level }),
    ...(context_assets === null ? {} : { context_assets: JSON.parse(context_assets) as readonly AssetId[] }),
    ...(image === null ? {} : { image: JSON.parse(image) as ImageOrder }),
    ...(observed === null ? {} : { observed: JSON.parse(observed) as ObservedInput }),
  }
}

function toEvent({ data, ...event }: EventRow): RunEvent {
  return data === null ? event : { ...event, data: JSON.parse(data) as Record<string, unknown> }
}
