import { join } from 'node:path'
import type { AudioPorts } from './audio/audio-ports'
import { createSpeech } from './audio/create-speech'
import { createTranscription } from './audio/create-transcription'
import { settleOld } from './audio/settle-sound'
import { createObservations } from './observations/create-observations'
import { createRecordings, type Recordings } from './observations/create-recordings'
import type { AssetUpkeep } from './ports/assets'
import type { Log } from './ports/log'
import type { ObservationService } from './ports/observations'
import type { SpeechService } from './ports/speech'
import type { TranscriptionService } from './ports/transcription'

export interface SoundPorts extends Omit<AudioPorts, 'scratch'> {
  readonly log: Log
  readonly upkeep: AssetUpkeep
  /** Absolute, both. */
  readonly folders: { readonly state_root: string; readonly recordings: string }
}

export interface Sounding {
  readonly speech: SpeechService
  readonly transcription: TranscriptionService
  readonly observations: ObservationService
  readonly recordings: Recordings
  /** Asks for costs from then on that nobody has reported yet. */
  settleCosts(since_ms: number): void
}

/** Everything that speaks, listens and records, joined: recordings are captures, and captures are written down. */
export function composeSound(on: SoundPorts): Sounding {
  const { upkeep, inBackground, log, folders } = on
  const sounding = { ...on, scratch: join(folders.state_root, 'scratch') }
  const speech = createSpeech(sounding)
  const transcription = createTranscription(sounding)
  const observations = createObservations({ ...on, assetUpkeep: upkeep, inBackground })
  const folder = folders.recordings
  const recordings = createRecordings({
    ...on,
    observations,
    transcription,
    upkeep,
    log,
    folder,
    inBackground,
  })
  return {
    speech,
    transcription,
    observations,
    recordings,
    settleCosts: (since_ms) => settleOld(sounding, since_ms),
  }
}
