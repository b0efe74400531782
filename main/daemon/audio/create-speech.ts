import type { SpeechService } from '../ports/speech'
import type { AudioPorts } from './audio-ports'

// PENDING: its owner fills this in.
export const createSpeech = (_on: AudioPorts): SpeechService =>
  ({ isAvailable: () => false, models: () => [], defaultChoice: () => null }) as unknown as SpeechService
