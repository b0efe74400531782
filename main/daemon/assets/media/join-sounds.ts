import { readFile } from 'node:fs/promises'
import type { AudioCodec, EncodedPacket } from 'mediabunny'
import { layoutOf } from '../../core/audio/wav'
import { wavHeader } from '../../core/audio/wav-header'
import { checkWav } from '../../core/media-types/check-wav'
import { detect } from '../../core/media-types/detect'
import { invalid } from '../../core/media-types/refuse'
import type { JoinJob, MadeFile } from '../../ports/media'
import { asFailure } from './as-failure'
import { packed, webm as webmContainer } from './cut-packets'
import { decodeSound } from './decode-sound'
import { writeMade } from './write-made'
import { writeSpeechParts } from './write-speech-parts'

const unlike = () =>
  invalid('sounds_differ', 'These recordings are not of one kind, so they can’t be made one')

/**
 * Recordings one after the other: of one kind as they are, unlike ones (a dictation whose encoder stopped in the middle)
 * as 16 kHz mono WAV. Throws nothing but a `Failure`.
 */
export async function joinSounds({ sources, out }: JoinJob): Promise<MadeFile> {
  try {
    const files = await Promise.all(sources.map((path) => readFile(path)))
    const types = files.map((bytes) => detect(bytes.subarray(0, 4_096)) ?? '')
    for (const [at, bytes] of files.entries()) if (types[at] === 'audio/wav') checkWav(bytes)
    const isAll = (type: string) => types.every((each) => each === type)
    const wav = isAll('audio/wav') ? joinWavs(files) : undefined
    if (wav) return await writeMade(out, 'joined.wav', 'audio/wav', wav)
    const webm = isAll('audio/webm') ? await joinWebms(files) : undefined
    if (webm) return await writeMade(out, 'joined.webm', 'audio/webm', webm)
    const [joined] = await writeSpeechParts({ out, part_ms: Infinity }, decoded(files, types))
    if (!joined) throw unlike()
    const { path, media_type, sha256, byte_length } = joined
    return { path, media_type, sha256, byte_length }
  } catch (error) {
    throw asFailure(error)
  }
}

async function* decoded(files: readonly Uint8Array[], types: readonly string[]): AsyncIterable<Float32Array> {
  for (const [at, bytes] of files.entries()) {
    const samples = await decodeSound(types[at] ?? '', bytes)
    if (!samples) throw unlike()
    yield* samples
  }
}

/** 16-bit samples of one form; undefined for anything else. */
function joinWavs(files: readonly Uint8Array[]): Uint8Array | undefined {
  const layouts = files.map(layoutOf)
  const [first] = layouts
  const isAlike = layouts.every(
    ({ bits, is_float, channels, sample_rate }) =>
      bits === 16 && !is_float && channels === first?.channels && sample_rate === first.sample_rate,
  )
  if (!first || !isAlike) return undefined
  const data = files.map((bytes, at) => bytes.subarray(layouts[at]?.from, layouts[at]?.to))
  const length = data.reduce((sum, each) => sum + each.length, 0)
  return Buffer.concat([
    wavHeader({ sample_rate: first.sample_rate, channels: first.channels }, length),
    ...data,
  ])
}

/** Packets as they are, with time going on; undefined where they are of several codecs. */
async function joinWebms(files: readonly Uint8Array[]): Promise<Uint8Array | undefined> {
  const bunny = await import('mediabunny')
  const { ALL_FORMATS, BufferSource, EncodedPacketSink, Input } = bunny
  const packets: EncodedPacket[] = []
  let codec: AudioCodec | undefined
  let config: AudioDecoderConfig | null = null
  let end = 0
  for (const bytes of files) {
    const input = new Input({ source: new BufferSource(bytes), formats: ALL_FORMATS })
    try {
      const track = await input.getPrimaryAudioTrack()
      const own = await track?.getCodec()
      if (!track || !own || (codec && codec !== own)) return undefined
      codec = own
      config ??= await track.getDecoderConfig()
      const start = end
      let first: number | undefined
      for await (const packet of new EncodedPacketSink(track).packets()) {
        first ??= packet.timestamp
        const timestamp = start + packet.timestamp - first
        packets.push(packet.clone({ timestamp }))
        end = timestamp + packet.duration
      }
    } finally {
      input.dispose()
    }
  }
  if (!codec || packets.length === 0) return undefined
  return packed(bunny, codec, webmContainer, packets, config)
}
