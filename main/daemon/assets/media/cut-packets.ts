import type { AudioCodec, EncodedPacket, OutputFormat } from 'mediabunny'
import { invalid } from '../../core/media-types/refuse'
import type { SoundJob, SoundParts } from '../../ports/media'
import { writeMade } from './write-made'

type Bunny = typeof import('mediabunny')

interface Container {
  readonly format: string
  readonly ending: string
  readonly media_type: string
  readonly make: (bunny: Bunny) => OutputFormat
}

/** Where packets of a codec go that nobody here decodes. */
const containers: { readonly [codec in AudioCodec]?: Container } = {
  aac: {
    format: 'm4a',
    ending: 'm4a',
    media_type: 'audio/m4a',
    make: (bunny) => new bunny.Mp4OutputFormat(),
  },
  flac: {
    format: 'flac',
    ending: 'flac',
    media_type: 'audio/flac',
    make: (bunny) => new bunny.FlacOutputFormat(),
  },
  mp3: {
    format: 'mp3',
    ending: 'mp3',
    media_type: 'audio/mpeg',
    make: (bunny) => new bunny.Mp3OutputFormat(),
  },
  opus: {
    format: 'webm',
    ending: 'webm',
    media_type: 'audio/webm',
    make: (bunny) => new bunny.WebMOutputFormat(),
  },
  vorbis: {
    format: 'webm',
    ending: 'webm',
    media_type: 'audio/webm',
    make: (bunny) => new bunny.WebMOutputFormat(),
  },
}

/** Copies packets into as many files as are needed, each with its own beginning; none is in two, none is left out. */
export async function cutPackets(job: SoundJob, bytes: Uint8Array): Promise<SoundParts['parts']> {
  const bunny = await import('mediabunny')
  const { ALL_FORMATS, BufferSource, EncodedPacketSink, Input } = bunny
  const input = new Input({ source: new BufferSource(bytes), formats: ALL_FORMATS })
  try {
    const track = await input.getPrimaryAudioTrack()
    const codec = await track?.getCodec()
    const container = codec ? containers[codec] : undefined
    if (!track || !codec || !container)
      throw invalid('sound_unreadable', 'This recording is packed in a way that can’t be read here')
    const config = await track.getDecoderConfig()
    const parts: SoundParts['parts'][number][] = []
    let held: EncodedPacket[] = []

    async function close(): Promise<void> {
      const [first, last] = [held[0], held.at(-1)]
      if (!first || !last || !codec || !container) return
      const whole = await packed(bunny, codec, container, held, config)
      const name = `part-${String(parts.length + 1)}.${container.ending}`
      const made = await writeMade(job.out, name, container.media_type, whole)
      const to = last.timestamp + last.duration
      parts.push({ ...made, format: container.format, from_ms: ms(first.timestamp), to_ms: ms(to) })
      held = []
    }

    for await (const packet of new EncodedPacketSink(track).packets()) {
      const start = held[0]?.timestamp ?? packet.timestamp
      if ((packet.timestamp + packet.duration - start) * 1000 > job.part_ms && held.length > 0) await close()
      held.push(packet)
    }
    await close()
    return parts
  } finally {
    input.dispose()
  }
}

const ms = (seconds: number): number => Math.max(0, Math.round(seconds * 1000))

/** One file of these packets, its time from 0. */
export async function packed(
  { BufferTarget, EncodedAudioPacketSource, Output }: Bunny,
  codec: AudioCodec,
  { make }: Pick<Container, 'make'>,
  packets: readonly EncodedPacket[],
  decoderConfig: AudioDecoderConfig | null,
): Promise<Uint8Array> {
  const target = new BufferTarget()
  const output = new Output({ format: make(await import('mediabunny')), target })
  const source = new EncodedAudioPacketSource(codec)
  output.addAudioTrack(source)
  await output.start()
  const start = packets[0]?.timestamp ?? 0
  for (const packet of packets) {
    const placed = packet.clone({ timestamp: packet.timestamp - start })
    await source.add(placed, decoderConfig ? { decoderConfig } : undefined)
  }
  await output.finalize()
  return new Uint8Array(target.buffer ?? new ArrayBuffer(0))
}

export const webm: Pick<Container, 'make'> = { make: (bunny) => new bunny.WebMOutputFormat() }
