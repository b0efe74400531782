import { fault } from '@contract/fault'
import type { InputOf, OutputOf } from '@contract/define'
import type { permissionCalls } from '@contract/permissions'
import { Failure } from '../core/failure'
import type { World } from './world'

type Calls = typeof permissionCalls

export function permissions({ store }: Pick<World, 'store'>) {
  const pending = () => new Failure(fault('permission_rule_invalid', 'Not yet.'))
  return {
    check: (_asked: InputOf<Calls['permissions.check']>): OutputOf<Calls['permissions.check']> => {
      throw pending()
    },
    listRules: ({ session_id }: InputOf<Calls['permissions.listRules']>) => ({
      rules: store.rules.list(session_id),
    }),
    setRule: (_rule: InputOf<Calls['permissions.setRule']>): OutputOf<Calls['permissions.setRule']> => {
      throw pending()
    },
    deleteRule: (_rule: InputOf<Calls['permissions.deleteRule']>): void => {
      throw pending()
    },
  }
}
