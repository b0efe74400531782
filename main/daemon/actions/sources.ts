import type { DaemonHandlers } from '@contract/calls'
import { fault } from '@contract/fault'
import { Failure } from '../core/failure'
import type { World } from './world'

const pending = (): never => {
  throw new Failure(fault('not_ready', 'Not yet.'))
}

// PENDING: its owner fills this in.
export const sources = (_on: World) =>
  ({
    'sources.create': pending,
    'sources.get': pending,
    'sources.list': pending,
    'sources.setStatus': pending,
    'sources.rotateToken': pending,
    'sources.delete': pending,
    'sources.audit': pending,
  }) satisfies Partial<DaemonHandlers>
