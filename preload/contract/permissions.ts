import { z } from 'zod'
import { takes } from './define'
import { type MessageId, RunId, SessionId } from './ids'
import type { PermissionMode } from './routes'
import type { RunView } from './runs'
import type { ToolClass } from './tools'

export const behaviours = ['allow', 'ask', 'deny'] as const
export type Behaviour = (typeof behaviours)[number]

export const ruleScopes = ['session', 'project', 'user'] as const
export type RuleScope = (typeof ruleScopes)[number]

/** What a tool may do, whatever the mode says (contract 9.8). Only mode `plan` is stricter: no rule opens it. */
export interface PermissionRule {
  readonly rule_id: string
  readonly scope: RuleScope
  /** The chat, for scope `session`. */
  readonly session_id?: SessionId
  /** A tool's name, a beginning with `*` behind it, or `*`. */
  readonly pattern: string
  readonly behaviour: Behaviour
  readonly created_at_ms: number
}

/** Why a tool may run, must ask, or may not. */
export interface Decision {
  readonly behaviour: Behaviour
  readonly mode: PermissionMode
  readonly tool_class: ToolClass
  /** The rule that decided; absent: the mode did. */
  readonly rule?: PermissionRule
}

export const approvalDecisions = ['allow_once', 'allow_session', 'deny'] as const
export type ApprovalDecision = (typeof approvalDecisions)[number]

/** A tool call that somebody has to decide. It survives a restart and is decided once. */
export interface Approval {
  readonly approval_id: string
  readonly run_id: RunId
  readonly session_id: SessionId
  readonly message_id: MessageId
  readonly call_id: string
  readonly tool_name: string
  readonly tool_class: ToolClass
  /** As the model wrote them. */
  readonly arguments: string
  readonly requested_at_ms: number
  /** `expired`: its run ended without it. */
  readonly status: 'pending' | 'allowed' | 'denied' | 'expired'
  readonly decision?: ApprovalDecision
  readonly resolved_at_ms?: number
}

export const permissionCalls = {
  /** What would happen; asks nobody and writes nothing down. A name nobody knows counts as one of class `shell`. */
  'permissions.check': takes(() =>
    z.strictObject({ tool_name: z.string().min(1).max(64), session_id: SessionId.optional() }),
  ).returns<Decision>(),
  'permissions.listRules': takes(() => z.strictObject({ session_id: SessionId.optional() })).returns<{
    readonly rules: readonly PermissionRule[]
  }>(),
  /** In place of the rule of that scope with the same pattern. Fault: permission_rule_invalid. */
  'permissions.setRule': takes(() =>
    z.strictObject({
      scope: z.enum(ruleScopes),
      session_id: SessionId.optional(),
      pattern: z.string().min(1).max(65),
      behaviour: z.enum(behaviours),
    }),
  ).returns<PermissionRule>(),
  /** Fault: permission_rule_not_found. */
  'permissions.deleteRule': takes(() =>
    z.strictObject({ rule_id: z.string().min(1).max(128) }),
  ).returns<void>(),
  /** Newest last. Default: what is pending. */
  'approvals.list': takes(() =>
    z.strictObject({
      session_id: SessionId.optional(),
      run_id: RunId.optional(),
      status: z.enum(['pending', 'all']).default('pending'),
      limit: z.int().min(1).max(500).default(100),
    }),
  ).returns<{ readonly approvals: readonly Approval[] }>(),
  /**
   * Decides calls of one run, all or none; the run goes on when none is left. The same decision again answers the
   * same. Faults: approval_not_found, approval_batch_empty, approval_duplicate_resolution (one id twice, or decided
   * otherwise), approval_request_not_pending (expired), approval_state_conflict (of several runs, or not waiting).
   */
  'approvals.resolve': takes(() =>
    z.strictObject({
      resolutions: z
        .array(
          z.strictObject({
            approval_id: z.string().min(1).max(128),
            decision: z.enum(approvalDecisions),
          }),
        )
        .max(256),
    }),
  ).returns<{ readonly approvals: readonly Approval[]; readonly run: RunView }>(),
}
