import { must } from './refuse'
import { ascii, at } from './read-bytes'
import type { AudioFacts } from './audio-facts'

const freeFormat = 0
const badBitrate = 15
/** Kilobits a second by index from 1; MPEG 1 layers I, II, III, then MPEG 2 layer I and layers II, III. */
const bitrates = {
  '1.1': [32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448],
  '1.2': [32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384],
  '1.3': [32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  '2.1': [32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256],
  '2.2': [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
}
const rates = [44_100, 48_000, 32_000]

/** A whole MPEG audio frame at the start or right after an ID3v2 tag (contract 7.3). Checks: `mpeg_…`. */
export function checkMpeg(bytes: Uint8Array): AudioFacts {
  const place = ascii(bytes, 0, 3) === 'ID3' ? endOfTag(bytes) : 0
  const second = at(bytes, place + 1)
  must(
    at(bytes, place) === 0xff && second >= 0xe0,
    'mpeg_frame',
    'This is not an MP3 file: no sound begins where it should',
  )
  const version = (second >> 3) & 3
  const layer = 4 - ((second >> 1) & 3)
  must(version !== 1 && layer !== 4, 'mpeg_frame', 'The first frame of this MP3 file is broken')
  const third = at(bytes, place + 2)
  const bitrate = third >> 4
  must(bitrate !== freeFormat, 'mpeg_free_format', 'This MP3 file has no fixed bit rate, which is not taken')
  const base = rates[(third >> 2) & 3]
  must(
    third >= 0 && bitrate !== badBitrate && base !== undefined,
    'mpeg_frame',
    'The first frame of this MP3 file is broken',
  )
  const isFirst = version === 3
  const table = isFirst ? bitrates[`1.${layer as 1 | 2 | 3}`] : bitrates[layer === 1 ? '2.1' : '2.2']
  const bits = (table[bitrate - 1] ?? 0) * 1000
  const sample_rate = version === 0 ? base / 4 : isFirst ? base : base / 2
  const padding = (third >> 1) & 1
  const length =
    layer === 1
      ? (Math.floor((12 * bits) / sample_rate) + padding) * 4
      : Math.floor(((layer === 3 && !isFirst ? 72 : 144) * bits) / sample_rate) + padding
  must(
    place + length <= bytes.length,
    'mpeg_frame_length',
    'This MP3 file is cut short within its first frame',
  )
  const isMono = at(bytes, place + 3) >> 6 === 3
  return { sample_rate, channels: isMono ? 1 : 2 }
}

function endOfTag(bytes: Uint8Array): number {
  const size = [6, 7, 8, 9].map((place) => at(bytes, place))
  must(
    size.every((byte) => byte >= 0 && byte < 0x80),
    'mpeg_tag',
    'The title tag of this MP3 file is broken',
  )
  const footer = (at(bytes, 5) & 0x10) === 0 ? 0 : 10
  const end = 10 + size.reduce((sum, byte) => sum * 128 + byte, 0) + footer
  must(end < bytes.length, 'mpeg_tag', 'This MP3 file has nothing behind its title tag')
  return end
}
