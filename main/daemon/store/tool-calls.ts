import type { MessageId, RunId } from '@contract/ids'
import type { ToolFacts } from '@contract/message'
import type { Database } from 'better-sqlite3'
import type { CallRecord, CallStore } from '../ports/tool-store'
import { atomically } from './atomically'

interface Row {
  readonly run_id: RunId
  readonly call_id: string
  readonly message_id: MessageId
  readonly turn: number
  readonly place: number
  readonly name: string
  readonly arguments: string
  readonly state: CallRecord['state']
  readonly planned_at_ms: number
  readonly dispatched_at_ms: number | null
  readonly ended_at_ms: number | null
  readonly output: string | null
  readonly facts: string | null
}

/** What tools were asked to do, before and after they did it. */
export function toolCalls(db: Database): CallStore {
  const insert = db.prepare<[Omit<Row, 'dispatched_at_ms' | 'ended_at_ms' | 'output' | 'facts'>]>(
    `INSERT OR IGNORE INTO tool_call (run_id, call_id, number, message_id, turn, place, name, arguments, state,
       planned_at_ms)
     SELECT @run_id, @call_id, coalesce(max(number), 0) + 1, @message_id, @turn, @place, @name, @arguments, @state,
            @planned_at_ms
       FROM tool_call WHERE run_id = @run_id`,
  )
  const dispatch = db.prepare<[{ run_id: RunId; call_id: string; at_ms: number }]>(
    `UPDATE tool_call SET state = 'dispatched', dispatched_at_ms = @at_ms
      WHERE run_id = @run_id AND call_id = @call_id AND state = 'planned'`,
  )
  const end = db.prepare<
    [
      {
        run_id: RunId
        call_id: string
        state: 'done' | 'failed'
        at_ms: number
        output: string
        facts: string | null
      },
    ]
  >(
    `UPDATE tool_call SET state = @state, ended_at_ms = @at_ms, output = @output, facts = @facts
      WHERE run_id = @run_id AND call_id = @call_id AND state IN ('planned', 'dispatched')`,
  )
  const of = db.prepare<[RunId], Row>(
    `SELECT run_id, call_id, message_id, turn, place, name, arguments, state, planned_at_ms, dispatched_at_ms,
            ended_at_ms, output, facts
       FROM tool_call WHERE run_id = ? ORDER BY number`,
  )
  return {
    plan: atomically(db, (calls: readonly CallRecord[]): void => {
      for (const call of calls) {
        const { run_id, call_id, message_id, turn, place, name, state, planned_at_ms } = call
        const given = call.arguments
        insert.run({
          run_id,
          call_id,
          message_id,
          turn,
          place,
          name,
          state,
          planned_at_ms,
          arguments: given,
        })
      }
    }),
    dispatch: (run_id, call_id, at_ms) => void dispatch.run({ run_id, call_id, at_ms }),
    end: (run_id, call_id, { facts, ...rest }) =>
      void end.run({ run_id, call_id, ...rest, facts: facts ? JSON.stringify(facts) : null }),
    of: (run) => of.all(run).map(toRecord),
  }
}

function toRecord({ dispatched_at_ms, ended_at_ms, output, facts, ...rest }: Row): CallRecord {
  return {
    ...rest,
    ...(dispatched_at_ms === null ? {} : { dispatched_at_ms }),
    ...(ended_at_ms === null ? {} : { ended_at_ms }),
    ...(output === null ? {} : { output }),
    ...(facts === null ? {} : { facts: JSON.parse(facts) as ToolFacts }),
  }
}
