import { must } from './refuse'
import { ascii, at, viewOf } from './read-bytes'
import type { AudioFacts } from './audio-facts'

/** Opus always counts in this, whatever it was recorded with. */
const sample_rate = 48_000

/** Ogg Opus by its first page; the length comes from the last page that is whole. Checks: `opus_…`. */
export function checkOpus(bytes: Uint8Array): AudioFacts {
  must(ascii(bytes, 0, 4) === 'OggS', 'opus_ogg', 'This is not an Ogg file: it does not begin like one')
  must(at(bytes, 4) === 0, 'opus_version', 'This Ogg file is of an unknown version')
  const first = readPage(bytes, 0)
  must(first !== undefined, 'opus_segments', 'The first page of this Ogg file is cut short')
  must(
    first.to - first.from >= 19 && ascii(bytes, first.from, 8) === 'OpusHead',
    'opus_head',
    'The sound of this Ogg file is not Opus',
  )
  const view = viewOf(bytes)
  const skipped = view.getUint16(first.from + 10, true)
  let samples = 0
  for (let page: Page | undefined = first; page; page = readPage(bytes, page.to))
    if (page.serial === first.serial && page.position > samples) samples = page.position
  const duration_ms = (Math.max(0, samples - skipped) / sample_rate) * 1000
  return {
    sample_rate,
    channels: at(bytes, first.from + 9),
    ...(samples > 0 ? { duration_ms } : {}),
  }
}

interface Page {
  readonly from: number
  readonly to: number
  readonly serial: number
  /** In samples, of the page's end; -1 for none. */
  readonly position: number
}

function readPage(bytes: Uint8Array, place: number): Page | undefined {
  if (ascii(bytes, place, 4) !== 'OggS' || place + 27 > bytes.length) return undefined
  const segments = at(bytes, place + 26)
  const from = place + 27 + segments
  const length = bytes.subarray(place + 27, from).reduce((sum, each) => sum + each, 0)
  if (from + length > bytes.length) return undefined
  const view = viewOf(bytes)
  return {
    from,
    to: from + length,
    serial: view.getUint32(place + 14, true),
    position: Number(view.getBigInt64(place + 6, true)),
  }
}
