import { must } from './refuse'
import { ascii, at } from './read-bytes'
import type { AudioFacts } from './audio-facts'

const rates = [96, 88.2, 64, 48, 44.1, 32, 24, 22.05, 16, 12, 11.025, 8, 7.35].map((each) => each * 1000)
const samplesOfBlock = 1_024

/** AAC as ADTS or ADIF (contract 7.3); the length comes from the frames that are whole. Checks: `aac_…`. */
export function checkAac(bytes: Uint8Array): AudioFacts {
  if (ascii(bytes, 0, 4) === 'ADIF') return {}
  must(isSync(bytes, 0), 'aac_sync', 'This is not an AAC file: no sound begins where it should')
  const sample_rate = rates[(at(bytes, 2) >> 2) & 15]
  must(sample_rate !== undefined, 'aac_sample_rate', 'The sample rate of this AAC file is not one')
  const first = lengthAt(bytes, 0)
  must(
    first >= 7 && first <= bytes.length,
    'aac_frame_length',
    'This AAC file is cut short within its first frame',
  )
  let blocks = 0
  for (let place = 0; isSync(bytes, place);) {
    const length = lengthAt(bytes, place)
    if (length < 7 || place + length > bytes.length) break
    blocks += (at(bytes, place + 6) & 3) + 1
    place += length
  }
  const channels = ((at(bytes, 2) & 1) << 2) | (at(bytes, 3) >> 6)
  return {
    sample_rate,
    // 0: said elsewhere. 7: eight.
    ...(channels === 0 ? {} : { channels: channels === 7 ? 8 : channels }),
    duration_ms: ((blocks * samplesOfBlock) / sample_rate) * 1000,
  }
}

const isSync = (bytes: Uint8Array, place: number): boolean =>
  place + 7 <= bytes.length && at(bytes, place) === 0xff && (at(bytes, place + 1) & 0xf6) === 0xf0

const lengthAt = (bytes: Uint8Array, place: number): number =>
  ((at(bytes, place + 3) & 3) << 11) | (at(bytes, place + 4) << 3) | (at(bytes, place + 5) >> 5)
