import type { SessionId } from '@contract/ids'
import type { PermissionRule } from '@contract/permissions'
import type { Database } from 'better-sqlite3'
import type { RuleStore } from '../ports/tool-store'

interface Row {
  readonly rule_id: string
  readonly scope: PermissionRule['scope']
  readonly scope_id: string
  readonly pattern: string
  readonly behaviour: PermissionRule['behaviour']
  readonly created_at_ms: number
}
const columns = `rule_id, scope, scope_id, pattern, behaviour, created_at_ms`

/** What tools may do, by scope (contract 9.8). */
export function permissionRules(db: Database): RuleStore {
  const list = db.prepare<[string], Row>(
    `SELECT ${columns} FROM permission_rule WHERE scope <> 'session' OR scope_id = ? ORDER BY number`,
  )
  const put = db.prepare<[Row], Row>(
    `INSERT INTO permission_rule (number, ${columns})
     SELECT coalesce(max(number), 0) + 1, @rule_id, @scope, @scope_id, @pattern, @behaviour, @created_at_ms
       FROM permission_rule WHERE true
     ON CONFLICT (scope, scope_id, pattern) DO UPDATE SET behaviour = excluded.behaviour
     RETURNING ${columns}`,
  )
  const remove = db.prepare<[string]>(`DELETE FROM permission_rule WHERE rule_id = ?`)
  return {
    list: (session) => list.all(session ?? '').map(toRule),
    put: ({ session_id = '', ...rule }) => {
      const row: Row = { ...rule, scope_id: rule.scope === 'session' ? session_id : '' }
      return toRule(put.get(row) ?? row)
    },
    delete: (id) => remove.run(id).changes > 0,
  }
}

const toRule = ({ scope_id, ...rule }: Row): PermissionRule => ({
  ...rule,
  ...(scope_id === '' ? {} : { session_id: scope_id as SessionId }),
})
