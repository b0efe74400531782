import { createResampler, speechRate } from '../../core/audio/resample'
import { layoutOf, monoOf } from '../../core/audio/wav'
import { mixed } from './mixed'

type Samples = AsyncIterable<Float32Array> | Iterable<Float32Array>

/** Bytes of an MP3 that are decoded in one go, and frames of a WAV that are read in one. */
const piece = 64 * 1024

/** 16 kHz mono, bit by bit; undefined for what can't be decoded in this process. */
export async function decodeSound(mediaType: string, bytes: Uint8Array): Promise<Samples | undefined> {
  switch (mediaType) {
    case 'audio/wav':
      return decodeWav(bytes, layoutOf(bytes))
    case 'audio/l16':
    case 'audio/pcm':
      return decodeWav(bytes, raw(bytes, 16))
    case 'audio/l24':
      return decodeWav(bytes, raw(bytes, 24))
    case 'audio/mpeg':
    case 'audio/mpga':
      return decodeMpeg(bytes)
    case 'audio/webm':
    case 'audio/opus':
      return (await import('./decode-opus')).decodeOpus(bytes)
    default:
      return undefined
  }
}

/** Of samples without a header nobody says more than how wide they are: as speech is made. */
const raw = (bytes: Uint8Array, bits: number) => ({
  is_float: false,
  bits,
  channels: 1,
  sample_rate: 24_000,
  from: 0,
  to: bytes.length,
})

function* decodeWav(
  bytes: Uint8Array,
  layout: Parameters<typeof monoOf>[1] & { readonly sample_rate: number },
): Iterable<Float32Array> {
  const resampler = createResampler(layout.sample_rate, speechRate)
  for (let at = 0; ; at += piece) {
    const mono = monoOf(bytes, layout, at, piece)
    if (mono.length === 0) break
    yield resampler.push(mono)
  }
  yield resampler.end()
}

async function* decodeMpeg(bytes: Uint8Array): AsyncIterable<Float32Array> {
  const { MPEGDecoder } = await import('mpg123-decoder')
  const decoder = new MPEGDecoder()
  await decoder.ready
  let resampler: ReturnType<typeof createResampler> | undefined
  try {
    for (let at = 0; at < bytes.length; at += piece) {
      const { channelData, samplesDecoded, sampleRate } = decoder.decode(bytes.subarray(at, at + piece))
      if (samplesDecoded === 0) continue
      resampler ??= createResampler(sampleRate, speechRate)
      yield resampler.push(mixed(channelData, samplesDecoded))
    }
    if (resampler) yield resampler.end()
  } finally {
    decoder.free()
  }
}
