import { decide } from '../core/permissions/decide'
import type { Permit } from '../ports/tools'
import type { World } from './world'

/** Decides of a tool by the mode and the rules as they are at that moment. */
export const permit =
  ({ store }: Pick<World, 'store'>): Permit =>
  ({ session_id }, { name, tool_class }) =>
    decide({
      tool_name: name,
      tool_class,
      mode: store.runtime.get().permission_mode,
      rules: store.rules.list(session_id),
      session_id,
    })
