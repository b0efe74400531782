import type { SessionId } from '@contract/ids'
import type { PermissionRule, RuleScope } from '@contract/permissions'

/** A tool's name, the beginning of one with `*` behind it, or `*`. */
const pattern = /^(?:[A-Za-z0-9_-]{1,64}\*?|\*)$/u

export const isPattern = (text: string): boolean => pattern.test(text)

export const matches = (rule: Pick<PermissionRule, 'pattern'>, tool: string): boolean =>
  rule.pattern.endsWith('*') ? tool.startsWith(rule.pattern.slice(0, -1)) : rule.pattern === tool

const nearness: Readonly<Record<RuleScope, number>> = { session: 2, project: 1, user: 0 }

/** The rule that counts for a tool: nearer scope, then closer pattern, then the earlier one (contract 9.8). */
export function strongestRule({
  tool_name,
  rules,
  session_id,
}: {
  readonly tool_name: string
  readonly rules: readonly PermissionRule[]
  readonly session_id?: SessionId | undefined
}): PermissionRule | undefined {
  let strongest: PermissionRule | undefined
  for (const rule of rules) {
    const isHere = rule.scope !== 'session' || (!!session_id && rule.session_id === session_id)
    if (isHere && matches(rule, tool_name) && (!strongest || beats(rule, strongest))) strongest = rule
  }
  return strongest
}

function beats(rule: PermissionRule, other: PermissionRule): boolean {
  if (rule.scope !== other.scope) return nearness[rule.scope] > nearness[other.scope]
  return closeness(rule) > closeness(other)
}

/** An exact name is closer than any beginning; of two beginnings the longer one. */
const closeness = ({ pattern: text }: PermissionRule): number =>
  text.endsWith('*') ? text.length - 1 : Number.POSITIVE_INFINITY
