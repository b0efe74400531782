import { must } from './refuse'
import { ascii, at, viewOf } from './read-bytes'
import type { AudioFacts } from './audio-facts'

/** FLAC with its stream's description first (contract 7.3). Checks: `flac_…`. */
export function checkFlac(bytes: Uint8Array): AudioFacts {
  must(ascii(bytes, 0, 4) === 'fLaC', 'flac_magic', 'This is not a FLAC file: it does not begin like one')
  const length = (at(bytes, 5) << 16) | (at(bytes, 6) << 8) | at(bytes, 7)
  must(
    (at(bytes, 4) & 0x7f) === 0 && length === 34 && bytes.length >= 42,
    'flac_stream_info',
    'The description of this FLAC file is broken',
  )
  const packed = viewOf(bytes).getBigUint64(18)
  const sample_rate = Number(packed >> 44n)
  const samples = Number(packed & 0xf_ffff_ffffn)
  return {
    sample_rate,
    channels: Number((packed >> 41n) & 7n) + 1,
    ...(samples > 0 && sample_rate > 0 ? { duration_ms: (samples / sample_rate) * 1000 } : {}),
  }
}
