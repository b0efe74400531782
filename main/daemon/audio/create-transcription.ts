import type { TranscriptionService } from '../ports/transcription'
import type { AudioPorts } from './audio-ports'

// PENDING: its owner fills this in.
export const createTranscription = (_on: AudioPorts): TranscriptionService =>
  ({
    isAvailable: () => false,
    models: () => [],
    defaultChoice: () => null,
    needsPreparing: () => false,
  }) as unknown as TranscriptionService
