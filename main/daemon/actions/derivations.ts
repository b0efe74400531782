import type { DaemonHandlers } from '@contract/calls'
import { fault } from '@contract/fault'
import { Failure } from '../core/failure'
import type { World } from './world'

const pending = (): never => {
  throw new Failure(fault('not_ready', 'Not yet.'))
}

// PENDING: its owner fills this in.
export const derivations = (_on: World) =>
  ({
    'derivations.create': pending,
    'derivations.get': pending,
    'derivations.list': pending,
  }) satisfies Partial<DaemonHandlers>
