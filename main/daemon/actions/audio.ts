import type { DaemonHandlers } from '@contract/calls'
import { fault } from '@contract/fault'
import { Failure } from '../core/failure'
import type { World } from './world'

const pending = (): never => {
  throw new Failure(fault('not_ready', 'Not yet.'))
}

// PENDING: its owner fills this in.
export const audio = (_on: World) =>
  ({
    'audio.speak': pending,
    'audio.readAloud': pending,
    'audio.cancelSpeech': pending,
    'audio.models': pending,
    'audio.peaks': pending,
    'audio.keepPeaks': pending,
  }) satisfies Partial<DaemonHandlers>
