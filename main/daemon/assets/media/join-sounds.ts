import { readFile } from 'node:fs/promises'
import type { AudioCodec, EncodedPacket } from 'mediabunny'
import { layoutOf } from '../../core/audio/wav'
import { wavHeader } from '../../core/audio/wav-header'
import { checkWav } from '../../core/media-types/check-wav'
import { detect } from '../../core/media-types/detect'
import { invalid } from '../../core/media-types/refuse'
import type { JoinJob, MadeFile } from '../../ports/media'
import { asFailure } from './as-failure'
import { packed, webm } from './cut-packets'
import { writeMade } from './write-made'

const unlike = () =>
  invalid('sounds_differ', 'These recordings are not of one kind, so they can’t be made one')

/** Recordings of one kind, one after the other. Throws nothing but a `Failure`. */
export async function joinSounds({ sources, out }: JoinJob): Promise<MadeFile> {
  try {
    const files = await Promise.all(sources.map((path) => readFile(path)))
    const types = new Set(files.map((bytes) => detect(bytes.subarray(0, 4_096))))
    const [type] = types
    if (types.size !== 1) throw unlike()
    if (type === 'audio/wav') return await writeMade(out, 'joined.wav', type, joinWavs(files))
    if (type === 'audio/webm') return await writeMade(out, 'joined.webm', type, await joinWebms(files))
    throw unlike()
  } catch (error) {
    throw asFailure(error)
  }
}

/** 16-bit samples of one form. */
function joinWavs(files: readonly Uint8Array[]): Uint8Array {
  const layouts = files.map((bytes) => {
    checkWav(bytes)
    return layoutOf(bytes)
  })
  const [first] = layouts
  const isAlike = layouts.every(
    ({ bits, is_float, channels, sample_rate }) =>
      bits === 16 && !is_float && channels === first?.channels && sample_rate === first.sample_rate,
  )
  if (!first || !isAlike) throw unlike()
  const data = files.map((bytes, at) => bytes.subarray(layouts[at]?.from, layouts[at]?.to))
  const length = data.reduce((sum, each) => sum + each.length, 0)
  return Buffer.concat([
    wavHeader({ sample_rate: first.sample_rate, channels: first.channels }, length),
    ...data,
  ])
}

/** Packets as they are, with time going on. */
async function joinWebms(files: readonly Uint8Array[]): Promise<Uint8Array> {
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
      if (!track || !own || (codec && codec !== own)) throw unlike()
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
  if (!codec || packets.length === 0) throw unlike()
  return packed(bunny, codec, webm, packets, config)
}
