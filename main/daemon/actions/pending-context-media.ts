import type { DaemonHandlers } from '@contract/calls'
import { fault } from '@contract/fault'
import { Failure } from '../core/failure'

export const pendingContextMedia: Pick<DaemonHandlers, 'sessions.contextMedia'> = {
  'sessions.contextMedia': () => {
    throw new Failure(fault('not_ready', 'Not yet.'))
  },
}
