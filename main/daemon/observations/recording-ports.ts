import type { AssetContents, AssetDoor, AssetUpkeep } from '../ports/assets'
import type { Clock } from '../ports/clock'
import type { Publish } from '../ports/events'
import type { Log } from '../ports/log'
import type { MediaWorker } from '../ports/media'
import type { ObservationService } from '../ports/observations'
import type { Store } from '../ports/store'
import type { TranscriptionService } from '../ports/transcription'

export interface RecordingPorts {
  readonly store: Store
  readonly assets: Pick<AssetDoor, 'import'>
  readonly contents: Pick<AssetContents, 'bytes'>
  readonly upkeep: Pick<AssetUpkeep, 'finishBurials'>
  readonly media: Pick<MediaWorker, 'joinSounds'>
  readonly observations: Pick<ObservationService, 'ingest' | 'microphone' | 'keepRetention'>
  readonly transcription: Pick<TranscriptionService, 'transcribe' | 'isAvailable'>
  readonly clock: Clock
  readonly log: Pick<Log, 'surprise'>
  readonly publish: Publish
  /** Absolute: sound on its way, one folder for each recording. */
  readonly folder: string
  readonly inBackground: (work: Promise<void>) => void
}
