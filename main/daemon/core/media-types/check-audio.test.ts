import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Fault } from '@contract/fault'
import { Failure } from '../failure'
import { checkAudio } from './check-audio'
import { kindOf, mediaTypes, type AcceptedType } from './media-types'
import { aac, box, chunk, flac, id3, join, mp3, mp4, ogg, wav, wavExtension, webm } from './samples.fake'

const good: readonly (readonly [string, AcceptedType, Uint8Array, object])[] = [
  ['WAV', 'audio/wav', wav(), { sample_rate: 8_000, channels: 1, duration_ms: 500 }],
  ['WAV of floats', 'audio/wav', wav({ format: 3, bits: 32 }), { duration_ms: 250 }],
  ['WAV of 64-bit floats', 'audio/wav', wav({ format: 3, bits: 64 }), { duration_ms: 125 }],
  ['WAV of 8 bits', 'audio/wav', wav({ bits: 8 }), { duration_ms: 1_000 }],
  ['WAV of 24 bits, stereo', 'audio/wav', wav({ bits: 24, channels: 2, data: 6_000 }), { duration_ms: 125 }],
  ['WAV, extensible', 'audio/wav', wav({ format: 0xfffe, extension: wavExtension(1) }), { duration_ms: 500 }],
  [
    'WAV with an odd part',
    'audio/wav',
    wav({ before: join(chunk('LIST', [1, 2, 3]), [0]) }),
    { duration_ms: 500 },
  ],
  ['WAV with something behind it', 'audio/wav', join(wav(), 'tail'), { duration_ms: 500 }],
  [
    'WAV as streamed',
    'audio/wav',
    wav({ riffLength: 0xffffffff, dataLength: 0xffffffff }),
    { duration_ms: 500 },
  ],
  ['WebM', 'audio/webm', webm(), {}],
  ['WebM as recorded', 'audio/webm', webm({ isOpen: true }), {}],
  ['WebM with Vorbis', 'audio/webm', webm({ codec: 'A_VORBIS' }), {}],
  ['MP3', 'audio/mpeg', mp3(), { sample_rate: 44_100, channels: 1 }],
  ['MP3 with a tag', 'audio/mpga', join(id3(), mp3()), { sample_rate: 44_100 }],
  ['MP3 with a tag and its footer', 'audio/mpeg', join(id3([0, 0, 0, 4], 0x10), mp3()), { channels: 1 }],
  ['MP4', 'audio/mp4', mp4(), {}],
  ['M4A with a box to the end', 'audio/m4a', join(mp4(), [0, 0, 0, 0], 'free', [1]), {}],
  ['M4A with a long size', 'audio/m4a', join(mp4(), [0, 0, 0, 1], 'free', [0, 0, 0, 0, 0, 0, 0, 17, 9]), {}],
  ['Opus', 'audio/opus', ogg(), { sample_rate: 48_000, channels: 2, duration_ms: 1_000 }],
  ['AAC', 'audio/aac', aac(), { sample_rate: 44_100, channels: 2, duration_ms: (2_048 / 44_100) * 1000 }],
  ['AAC, ADIF', 'audio/aac', join('ADIF', [0]), {}],
  ['FLAC', 'audio/flac', flac(), { sample_rate: 44_100, channels: 2, duration_ms: 1_000 }],
  ['PCM', 'audio/pcm', new Uint8Array(4), {}],
  ['PCM of 24 bits', 'audio/l24', new Uint8Array(6), {}],
]

test.each(good)('%s is taken', (_, type, bytes, facts) => {
  expect(checkAudio(type, bytes)).toMatchObject(facts)
})

const bad: readonly (readonly [string, AcceptedType, Uint8Array])[] = [
  ['wav_length', 'audio/wav', wav().subarray(0, 43)],
  ['wav_riff', 'audio/wav', join('RIFX', wav().subarray(4))],
  ['wav_riff_length', 'audio/wav', wav().subarray(0, 5_000)],
  ['wav_chunk', 'audio/wav', wav({ dataLength: 9_000 })],
  ['wav_chunk', 'audio/wav', wav({ after: join('junk') })],
  ['wav_padding', 'audio/wav', wav({ bits: 8, data: 101 })],
  ['wav_format_count', 'audio/wav', wav({ before: chunk('fmt ', wav().subarray(20, 36)) })],
  ['wav_format_count', 'audio/wav', join('RIFF', [40, 0, 0, 0], 'WAVE', chunk('data', new Uint8Array(28)))],
  ['wav_format_length', 'audio/wav', wav({ before: chunk('fmt ', new Uint8Array(14)) })],
  ['wav_format', 'audio/wav', wav({ format: 2 })],
  ['wav_format', 'audio/wav', wav({ format: 0xfffe, extension: wavExtension(1, 'another sub f.') })],
  ['wav_extension', 'audio/wav', wav({ format: 0xfffe })],
  ['wav_bits', 'audio/wav', wav({ bits: 12, blockAlign: 2 })],
  ['wav_bits', 'audio/wav', wav({ format: 3, bits: 16 })],
  ['wav_channels', 'audio/wav', wav({ channels: 0 })],
  ['wav_sample_rate', 'audio/wav', wav({ rate: 0 })],
  ['wav_block_align', 'audio/wav', wav({ blockAlign: 4 })],
  ['wav_byte_rate', 'audio/wav', wav({ byteRate: 1 })],
  ['wav_data_empty', 'audio/wav', wav({ data: 0 })],
  ['wav_data_count', 'audio/wav', wav({ after: chunk('data', [0, 0]) })],
  [
    'wav_data_count',
    'audio/wav',
    join('RIFF', [40, 0, 0, 0], 'WAVE', wav().subarray(12, 36), chunk('LIST', [1, 2, 3, 4])),
  ],
  ['wav_data_alignment', 'audio/wav', wav({ channels: 2, data: 8_002 })],
  ['webm_magic', 'audio/webm', webm().subarray(4)],
  ['webm_doc_type', 'audio/webm', webm({ docType: 'matroska' })],
  ['webm_segment', 'audio/webm', webm().subarray(0, 20)],
  ['webm_element', 'audio/webm', webm().subarray(0, webm().length - 1)],
  ['webm_element', 'audio/webm', webm({ isOpen: true }).subarray(0, webm({ isOpen: true }).length - 1)],
  ['webm_audio_track', 'audio/webm', webm({ trackType: 1 })],
  ['webm_codec', 'audio/webm', webm({ codec: 'A_AAC' })],
  ['webm_block', 'audio/webm', webm({ frame: '' })],
  ['mpeg_frame', 'audio/mpeg', join([0], mp3())],
  ['mpeg_frame', 'audio/mpeg', mp3(0xf0)],
  ['mpeg_frame', 'audio/mpeg', mp3(0x9c)],
  ['mpeg_free_format', 'audio/mpeg', mp3(0x00)],
  ['mpeg_frame_length', 'audio/mpeg', mp3().subarray(0, 416)],
  ['mpeg_tag', 'audio/mpeg', join(id3([0, 0, 0, 0x84]), mp3())],
  ['mpeg_tag', 'audio/mpeg', id3()],
  ['mp4_ftyp', 'audio/mp4', mp4().subarray(16)],
  ['mp4_mdat', 'audio/mp4', mp4('soun', new Uint8Array())],
  ['mp4_sound_track', 'audio/mp4', mp4('vide')],
  ['mp4_box', 'audio/m4a', mp4().subarray(0, mp4().length - 1)],
  ['mp4_box', 'audio/m4a', join(mp4(), box('free').subarray(0, 7))],
  ['mp4_box', 'audio/m4a', join(mp4(), [0, 0, 0, 7], 'free')],
  ['opus_ogg', 'audio/opus', join('Oggs')],
  ['opus_version', 'audio/opus', ogg({ version: 1 })],
  ['opus_segments', 'audio/opus', ogg().subarray(0, 40)],
  ['opus_head', 'audio/opus', ogg({ head: 'vorbis!!' })],
  ['aac_sync', 'audio/aac', join([0xff, 0xe1], aac())],
  ['aac_sample_rate', 'audio/aac', aac(13)],
  ['aac_frame_length', 'audio/aac', aac(4, 6)],
  ['aac_frame_length', 'audio/aac', aac(4, 1_000)],
  ['flac_magic', 'audio/flac', flac().subarray(1)],
  ['flac_stream_info', 'audio/flac', flac({ length: 33 })],
  ['pcm_alignment', 'audio/l16', new Uint8Array(3)],
  ['pcm_alignment', 'audio/l24', new Uint8Array(4)],
  ['audio_sample_rate', 'audio/wav', wav({ rate: 7_999 })],
  ['audio_sample_rate', 'audio/flac', flac({ rate: 192_001 })],
  ['audio_channels', 'audio/wav', wav({ channels: 9, data: 18 })],
  ['audio_duration', 'audio/opus', ogg({ position: 48_000 * 1_800 + 313 })],
]

test.each(bad)('%s: refused (%s)', (check, type, bytes) => {
  expect(faultOf(() => checkAudio(type, bytes))).toMatchObject({ code: 'asset_invalid', check })
})

test('thirty minutes are taken to the last sample', () => {
  expect(checkAudio('audio/opus', ogg({ position: 48_000 * 1_800 + 312 })).duration_ms).toBe(1_800_000)
})

test('nothing and too much are refused for every type', () => {
  for (const type of Object.keys(mediaTypes) as AcceptedType[]) {
    if (kindOf(type) !== 'audio') continue
    expect(faultOf(() => checkAudio(type, new Uint8Array()))).toMatchObject({ code: 'asset_empty' })
    expect(faultOf(() => checkAudio(type, new Uint8Array(25 * 1024 * 1024 + 1)))).toMatchObject({
      code: 'asset_too_large',
      limit: 25 * 1024 * 1024,
    })
  }
})

describe('whatever is done to a good file, it is taken or refused by a rule', () => {
  test.each(good)('%s, cut and with other bits', (_, type, bytes) => {
    const place = fc.nat({ max: bytes.length - 1 })
    const changes = fc.array(fc.tuple(place, fc.nat({ max: 255 })), { maxLength: 6 })
    fc.assert(
      fc.property(changes, fc.option(place), (changed, end) => {
        const other = bytes.slice(0, end ?? bytes.length)
        for (const [at, value] of changed) if (at < other.length) other[at] = value
        const fault = faultOf(() => checkAudio(type, other))
        expect([undefined, 'asset_invalid', 'asset_empty']).toContain((fault as Fault | undefined)?.code)
      }),
      { seed: 20_261_128, numRuns: 400 },
    )
  })
})

/** The fault it is refused with; undefined when it is taken. Anything else that is thrown fails the test. */
function faultOf(check: () => unknown): unknown {
  try {
    check()
  } catch (error) {
    if (error instanceof Failure) return error.fault
    throw error
  }
  return undefined
}
