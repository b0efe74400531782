import type { InputOf, OutputOf } from '@contract/define'
import type { toolCalls } from '@contract/tools'
import { resolveRoute } from '../core/selectors/resolve-route'
import { findSession } from './find'
import type { World } from './world'

type Calls = typeof toolCalls

/** `tools.list`: what a model would be offered now (contract 9.4). Faults: `session_not_found`, `not_ready`, `route_*`. */
export const listTools =
  ({ store, routing, toolbox }: Pick<World, 'store' | 'routing' | 'toolbox'>) =>
  ({ session_id }: InputOf<Calls['tools.list']>): OutputOf<Calls['tools.list']> => {
    const policy = session_id === undefined ? {} : findSession(store, session_id)
    const choice = resolveRoute({}, policy, routing.ready())
    return { tools: toolbox.visible(choice).map(({ view }) => view) }
  }
