import {
  ALL_FORMATS,
  BufferSource,
  BufferTarget,
  EncodedAudioPacketSource,
  EncodedPacketSink,
  Input,
  Mp4OutputFormat,
  Output,
  WebMOutputFormat,
} from 'mediabunny'

/** The packets of a recording in another container; `streamed webm` has neither length nor duration, like a recorder's. */
export async function repacked(bytes: Uint8Array, as: 'webm' | 'streamed webm' | 'm4a'): Promise<Buffer> {
  const input = new Input({ source: new BufferSource(bytes), formats: ALL_FORMATS })
  const track = await input.getPrimaryAudioTrack()
  const codec = await track?.getCodec()
  if (!track || !codec) throw new Error('no sound in it')
  const config = await track.getDecoderConfig()
  const format = as === 'm4a' ? new Mp4OutputFormat() : new WebMOutputFormat({ appendOnly: as !== 'webm' })
  const target = new BufferTarget()
  const output = new Output({ format, target })
  const source = new EncodedAudioPacketSource(codec)
  output.addAudioTrack(source)
  await output.start()
  for await (const packet of new EncodedPacketSink(track).packets())
    await source.add(packet, config ? { decoderConfig: config } : undefined)
  await output.finalize()
  return Buffer.from(target.buffer ?? new ArrayBuffer(0))
}
