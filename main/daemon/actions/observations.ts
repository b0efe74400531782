import type { DaemonHandlers } from '@contract/calls'
import { fault } from '@contract/fault'
import { Failure } from '../core/failure'
import type { World } from './world'

const pending = (): never => {
  throw new Failure(fault('not_ready', 'Not yet.'))
}

// PENDING: its owner fills this in.
export const observations = (_on: World) =>
  ({
    'observations.ingest': pending,
    'observations.list': pending,
    'observations.get': pending,
    'observations.materialize': pending,
    'recordings.ask': pending,
  }) satisfies Partial<DaemonHandlers>
