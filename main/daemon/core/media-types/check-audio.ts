import { checkAac } from './check-aac'
import { checkFlac } from './check-flac'
import { checkMp4 } from './check-mp4'
import { checkMpeg } from './check-mpeg'
import { checkOpus } from './check-opus'
import { checkWav } from './check-wav'
import { checkWebm } from './check-webm'
import { checkAudioFacts, type AudioFacts } from './audio-facts'
import { kindOf, type AcceptedType } from './media-types'
import { checkSize } from './limits'
import { must } from './refuse'

const checks: { readonly [type in AcceptedType]?: (bytes: Uint8Array) => AudioFacts | void } = {
  'audio/wav': checkWav,
  'audio/webm': checkWebm,
  'audio/mpeg': checkMpeg,
  'audio/mpga': checkMpeg,
  'audio/mp4': checkMp4,
  'audio/m4a': checkMp4,
  'audio/opus': checkOpus,
  'audio/aac': checkAac,
  'audio/flac': checkFlac,
  'audio/l16': (bytes) => checkPcm(bytes, 2),
  'audio/pcm': (bytes) => checkPcm(bytes, 2),
  'audio/l24': (bytes) => checkPcm(bytes, 3),
}

function checkPcm(bytes: Uint8Array, sample: number): void {
  must(
    bytes.length % sample === 0,
    'pcm_alignment',
    `This raw recording ends within a sample: its length is not a multiple of ${String(sample)}`,
  )
}

/**
 * A whole recording by its structure, and what that tells of it (contract 7.3): before it is stored, whether given or
 * generated, and before it is sent for transcription. Faults: `asset_empty`, `asset_too_large`, `asset_invalid`.
 */
export function checkAudio(type: AcceptedType, bytes: Uint8Array): AudioFacts {
  checkSize(bytes.length, kindOf(type))
  const facts = checks[type]?.(bytes) ?? {}
  checkAudioFacts(facts)
  return facts
}
