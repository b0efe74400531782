import { must } from './refuse'
import { ascii, viewOf } from './read-bytes'
import type { AudioFacts } from './audio-facts'

const streaming = 0xffff_ffff
const pcm = 1
const float = 3
const extensible = 0xfffe
/** The end of a sub format's GUID; its beginning is the format's number. */
const guidTail = '\0\0\0\0\x10\0\x80\0\0\xaa\0\x38\x9b\x71'

/** RIFF/WAVE by structure (contract 7.3). Checks: `wav_…`. */
export function checkWav(bytes: Uint8Array): AudioFacts {
  must(bytes.length >= 44, 'wav_length', 'This WAV file is shorter than its header')
  const view = viewOf(bytes)
  must(
    ascii(bytes, 0, 4) === 'RIFF' && ascii(bytes, 8, 4) === 'WAVE',
    'wav_riff',
    'This is not a WAV file: it does not begin like one',
  )
  const declared = view.getUint32(4, true)
  const end = declared === streaming ? bytes.length : declared + 8
  must(end <= bytes.length, 'wav_riff_length', 'This WAV file is cut short: it says that it is longer')
  let format: ReturnType<typeof readFormat> | undefined
  let data: number | undefined
  let place = 12
  while (place < end) {
    must(place + 8 <= end, 'wav_chunk', 'A part of this WAV file is cut short')
    const name = ascii(bytes, place, 4)
    const said = view.getUint32(place + 4, true)
    const length = name === 'data' && said === streaming ? end - place - 8 : said
    const next = place + 8 + length + (length === said ? length % 2 : 0)
    must(place + 8 + length <= end, 'wav_chunk', 'A part of this WAV file is cut short')
    must(next <= end, 'wav_padding', 'A part of this WAV file has an odd length and no filling byte')
    if (name === 'fmt ') {
      must(!format, 'wav_format_count', 'This WAV file describes its format twice')
      format = readFormat(bytes.subarray(place + 8, place + 8 + length))
    } else if (name === 'data') {
      must(data === undefined, 'wav_data_count', 'This WAV file has its sound twice')
      must(length > 0, 'wav_data_empty', 'This WAV file has no sound in it')
      data = length
    }
    place = next
  }
  must(format !== undefined, 'wav_format_count', 'This WAV file does not describe its format')
  must(data !== undefined, 'wav_data_count', 'This WAV file has no sound in it')
  must(
    data % format.block_align === 0,
    'wav_data_alignment',
    'The sound of this WAV file ends within a sample',
  )
  const frames = data / format.block_align
  return {
    sample_rate: format.sample_rate,
    channels: format.channels,
    duration_ms: (frames / format.sample_rate) * 1000,
  }
}

function readFormat(chunk: Uint8Array) {
  must(chunk.length >= 16, 'wav_format_length', 'The format of this WAV file is cut short')
  const view = viewOf(chunk)
  const channels = view.getUint16(2, true)
  const sample_rate = view.getUint32(4, true)
  const block_align = view.getUint16(12, true)
  const bits = view.getUint16(14, true)
  const format = formatOf(chunk, view)
  must(
    format === pcm || format === float,
    'wav_format',
    'This WAV file is packed in a way that is not taken; only PCM and float are',
  )
  must(
    format === pcm ? [8, 16, 24, 32].includes(bits) : [32, 64].includes(bits),
    'wav_bits',
    `This WAV file has ${String(bits)} bits in a sample, which is not taken`,
  )
  must(channels > 0, 'wav_channels', 'This WAV file has no channel')
  must(sample_rate > 0, 'wav_sample_rate', 'This WAV file has no sample rate')
  must(
    block_align === (channels * bits) / 8,
    'wav_block_align',
    'The header of this WAV file contradicts itself: block size',
  )
  must(
    view.getUint32(8, true) === sample_rate * block_align,
    'wav_byte_rate',
    'The header of this WAV file contradicts itself: bytes a second',
  )
  return { channels, sample_rate, block_align }
}

function formatOf(chunk: Uint8Array, view: DataView): number {
  const format = view.getUint16(0, true)
  if (format !== extensible) return format
  must(
    chunk.length >= 40 && view.getUint16(16, true) >= 22,
    'wav_extension',
    'The extended format of this WAV file is cut short',
  )
  return ascii(chunk, 26, 14) === guidTail ? view.getUint16(24, true) : extensible
}
