import type { SessionId } from '@contract/ids'
import type { Behaviour, Decision, PermissionRule } from '@contract/permissions'
import type { PermissionMode } from '@contract/routes'
import type { ToolClass } from '@contract/tools'
import { strongestRule } from './match-rule'

export interface PermissionQuestion {
  readonly tool_name: string
  readonly tool_class: ToolClass
  readonly mode: PermissionMode
  /** In the order in which they were made; those of other chats don't count. */
  readonly rules: readonly PermissionRule[]
  readonly session_id?: SessionId | undefined
}

/** What a mode says where no rule does (contract 9.8). */
const byMode: Readonly<Record<PermissionMode, Readonly<Record<ToolClass, Behaviour>>>> = {
  default: { shell: 'ask', write: 'ask', read: 'allow', media: 'allow' },
  acceptEdits: { shell: 'ask', write: 'allow', read: 'allow', media: 'allow' },
  bypassPermissions: { shell: 'allow', write: 'allow', read: 'allow', media: 'allow' },
  plan: { shell: 'deny', write: 'deny', read: 'allow', media: 'deny' },
  dontAsk: { shell: 'deny', write: 'deny', read: 'allow', media: 'allow' },
}

/**
 * Whether a tool may run (contract 9.8). The strongest rule decides, whatever the mode, with two exceptions that only
 * make things stricter: planning reads and does nothing else, so no rule opens what it denies; and where nobody is to
 * be asked, a rule that would ask denies.
 */
export function decide(question: PermissionQuestion): Decision {
  const { tool_class, mode } = question
  const rule = strongestRule(question)
  const ofMode = byMode[mode][tool_class]
  const decided = (behaviour: Behaviour): Decision => ({
    behaviour,
    mode,
    tool_class,
    ...(rule ? { rule } : {}),
  })
  if (!rule || rule.behaviour === 'deny') return decided(rule?.behaviour ?? ofMode)
  if (mode === 'plan' && ofMode === 'deny') return { behaviour: ofMode, mode, tool_class }
  return decided(rule.behaviour === 'ask' && mode === 'dontAsk' ? 'deny' : rule.behaviour)
}
