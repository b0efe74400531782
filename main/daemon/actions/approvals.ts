import { fault } from '@contract/fault'
import type { InputOf, OutputOf } from '@contract/define'
import type { permissionCalls } from '@contract/permissions'
import { Failure } from '../core/failure'
import type { World } from './world'

type Calls = typeof permissionCalls

export function approvals({ store }: Pick<World, 'store'>) {
  return {
    list: ({ session_id, run_id, status, limit }: InputOf<Calls['approvals.list']>) => ({
      approvals: store.approvals.list({
        ...(session_id ? { session_id } : {}),
        ...(run_id ? { run_id } : {}),
        pending: status === 'pending',
        limit,
      }),
    }),
    resolve: (_asked: InputOf<Calls['approvals.resolve']>): OutputOf<Calls['approvals.resolve']> => {
      throw new Failure(fault('approval_batch_empty', 'Not yet.'))
    },
  }
}
