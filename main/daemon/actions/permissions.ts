import { fault } from '@contract/fault'
import type { InputOf } from '@contract/define'
import type { Decision, permissionCalls, PermissionRule } from '@contract/permissions'
import type { ToolClass } from '@contract/tools'
import { Failure } from '../core/failure'
import { decide } from '../core/permissions/decide'
import { isPattern } from '../core/permissions/match-rule'
import { findSession } from './find'
import type { World } from './world'

type Calls = typeof permissionCalls
type Ports = Pick<World, 'store' | 'toolbox' | 'clock' | 'ids' | 'publish'>

/** How a tool that nobody knows is looked at: strictly. */
const unknownClass: ToolClass = 'shell'

/** `permissions.*`: what tools may do (contract 9.8). */
export function permissions({ store, toolbox, clock, ids, publish }: Ports) {
  return {
    /** A dry run. A name nobody knows is answered as one of a shell would be. Fault: `session_not_found`. */
    check: ({ tool_name, session_id }: InputOf<Calls['permissions.check']>): Decision => {
      if (session_id !== undefined) findSession(store, session_id)
      return decide({
        tool_name,
        tool_class: toolbox.find(tool_name)?.view.tool_class ?? unknownClass,
        mode: store.runtime.get().permission_mode,
        rules: store.rules.list(session_id),
        session_id,
      })
    },

    /** Fault: `session_not_found`. */
    listRules: ({ session_id }: InputOf<Calls['permissions.listRules']>) => {
      if (session_id !== undefined) findSession(store, session_id)
      return { rules: store.rules.list(session_id) }
    },

    /** Faults: `permission_rule_invalid`, `session_not_found`. */
    setRule: ({
      scope,
      session_id,
      pattern,
      behaviour,
    }: InputOf<Calls['permissions.setRule']>): PermissionRule => {
      if (!isPattern(pattern)) throw invalid(wrongPattern)
      if ((scope === 'session') !== (session_id !== undefined)) throw invalid(wrongScope)
      if (session_id !== undefined) findSession(store, session_id)
      const rule = store.rules.put({
        rule_id: ids.next('rule'),
        scope,
        ...(session_id === undefined ? {} : { session_id }),
        pattern,
        behaviour,
        created_at_ms: clock.now(),
      })
      publish({ type: 'permissions.changed' })
      return rule
    },

    /** Fault: `permission_rule_not_found`. */
    deleteRule: ({ rule_id }: InputOf<Calls['permissions.deleteRule']>): void => {
      if (!store.rules.delete(rule_id))
        throw new Failure(
          fault('permission_rule_not_found', 'There is no such rule; it may have been removed.'),
        )
      publish({ type: 'permissions.changed' })
    },
  }
}

const wrongPattern =
  'Name a tool, the beginning of one with * behind it, or * for every tool: letters, digits, _ and - only.'
const wrongScope = 'A rule for one chat names the chat, and every other rule names none.'

const invalid = (detail: string) => new Failure(fault('permission_rule_invalid', detail))
