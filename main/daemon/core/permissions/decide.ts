import type { SessionId } from '@contract/ids'
import type { Decision, PermissionRule } from '@contract/permissions'
import type { PermissionMode } from '@contract/routes'
import type { ToolClass } from '@contract/tools'

/** Stands in until the rules of contract 9.8 are here. */
export function decide(input: {
  readonly tool_name: string
  readonly tool_class: ToolClass
  readonly mode: PermissionMode
  readonly rules: readonly PermissionRule[]
  readonly session_id?: SessionId
}): Decision {
  const { tool_class, mode, rules, tool_name } = input
  const rule = rules.find(({ pattern }) => pattern === tool_name)
  return { behaviour: rule?.behaviour ?? 'allow', mode, tool_class, ...(rule ? { rule } : {}) }
}
