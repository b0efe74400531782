import type { EncodedPacket } from 'mediabunny'
import { speechRate } from '../../core/audio/resample'
import { mixed } from './mixed'

/** Opus of WebM or Ogg at 16 kHz mono; undefined for another codec. What is broken ends the sound where it is. */
export async function decodeOpus(bytes: Uint8Array): Promise<AsyncIterable<Float32Array> | undefined> {
  const { ALL_FORMATS, BufferSource, EncodedPacketSink, Input } = await import('mediabunny')
  const input = new Input({ source: new BufferSource(bytes), formats: ALL_FORMATS })
  const track = await input.getPrimaryAudioTrack()
  if (!track || (await track.getCodec()) !== 'opus') {
    input.dispose()
    return undefined
  }
  const head = (await track.getDecoderConfig())?.description
  const channels = Math.min(2, await track.getNumberOfChannels())
  const packets = new EncodedPacketSink(track).packets()
  return decodePackets(packets, { channels, skip: skipOf(head), ended: () => input.dispose() })
}

/** Samples at 48 kHz that only start the decoder (`OpusHead`). */
function skipOf(head: AudioDecoderConfig['description']): number {
  if (!head) return 0
  const view = ArrayBuffer.isView(head)
    ? new DataView(head.buffer, head.byteOffset, head.byteLength)
    : new DataView(head)
  return view.byteLength >= 12 ? view.getUint16(10, true) : 0
}

async function* decodePackets(
  packets: AsyncIterable<EncodedPacket>,
  { channels, skip, ended }: { readonly channels: number; readonly skip: number; readonly ended: () => void },
): AsyncIterable<Float32Array> {
  const { OpusDecoder } = await import('opus-decoder')
  const decoder = new OpusDecoder({
    sampleRate: speechRate,
    channels,
    streamCount: 1,
    coupledStreamCount: channels - 1,
    channelMappingTable: channels === 2 ? [0, 1] : [0],
  })
  await decoder.ready
  const iterator = packets[Symbol.asyncIterator]()
  let left = Math.round((skip * speechRate) / 48_000)
  try {
    for (;;) {
      const next = await iterator.next().catch(() => undefined)
      if (!next || next.done) break
      const { channelData, samplesDecoded } = decoder.decodeFrame(next.value.data)
      if (samplesDecoded === 0) continue
      const mono = mixed(channelData, samplesDecoded)
      const dropped = Math.min(left, mono.length)
      left -= dropped
      if (dropped < mono.length) yield mono.slice(dropped)
    }
  } finally {
    decoder.free()
    ended()
  }
}
