import type { DaemonHandlers } from '@contract/calls'
import type { AssetDoor } from '../ports/assets'
import type { Clock } from '../ports/clock'
import type { Publish } from '../ports/events'
import type { Ids } from '../ports/ids'
import type { Log } from '../ports/log'
import type { MediaWorker } from '../ports/media'
import type { ObservationService } from '../ports/observations'
import type { SoundDoor } from '../ports/recordings'
import type { Store } from '../ports/store'
import type { TranscriptionService } from '../ports/transcription'

export interface RecordingPorts {
  readonly store: Store
  readonly assets: AssetDoor
  readonly media: MediaWorker
  readonly observations: ObservationService
  readonly transcription: TranscriptionService
  readonly clock: Clock
  readonly ids: Ids
  readonly log: Log
  readonly publish: Publish
  /** Absolute: sound on its way, one folder for each recording. */
  readonly folder: string
  /** What a person prefers, asked each time. */
  readonly inBackground: (work: Promise<void>) => void
}

type RecordingCall = Extract<keyof DaemonHandlers, `recordings.${string}`>

/** Dictations from the first sample to the text (contract 11, experience 9). */
export interface Recordings {
  readonly sound: SoundDoor
  /** All but `recordings.ask`, which is a run. */
  readonly handlers: Pick<DaemonHandlers, Exclude<RecordingCall, 'recordings.ask'>>
  /** After a start: what a killed process left is made whole, and written down. */
  recover(): void
  /** Nothing is written any more when this resolves. */
  stop(): Promise<void>
}

// PENDING: its owner fills this in.
export const createRecordings = (_on: RecordingPorts): Recordings =>
  ({ handlers: {}, recover: () => undefined, stop: async () => undefined }) as unknown as Recordings
