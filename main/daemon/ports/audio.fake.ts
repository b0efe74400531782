import type { ObservationService } from './observations'
import type { TranscriptionService } from './transcription'

/** Nobody listens, and nothing was observed. */
export const noAudio = {
  // Only what a run without recordings touches.
  transcription: { needsPreparing: () => false } as unknown as TranscriptionService,
  observations: {} as ObservationService,
}
