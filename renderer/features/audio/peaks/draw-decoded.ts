import { ALL_FORMATS, BufferSource, EncodedPacketSink, Input, type EncodedPacket } from 'mediabunny'
import { peakCount, type Read } from './peaks-task'
import { createStretches } from './stretches'

/** What is longer is heard in part: of each of the stretches its beginning, so much of it that this is the sum. */
const wholeS = 360
const heardS = 60
/** Packets that wait for the decoder at most. */
const waiting = 64

/**
 * Decodes packet by packet and keeps nothing but the loudest moments. The file is read at once: it has 25 MiB at most,
 * and each question takes as long as some of its megabytes. Throws where it can't be decoded.
 */
export async function drawDecoded(read: Read, size: number, durationS: number): Promise<Uint8Array> {
  const input = new Input({ source: new BufferSource(await read(0, size)), formats: ALL_FORMATS })
  try {
    const track = await input.getPrimaryAudioTrack()
    const config = await track?.getDecoderConfig()
    if (!track || !config) throw new Error('no sound in it')
    const length = durationS > 0 ? durationS : await track.computeDuration()
    const stretches = createStretches()
    let failure: DOMException | undefined
    const decoder = new AudioDecoder({
      output: (data) => hear(data, length, stretches.add),
      error: (error) => (failure = error),
    })
    decoder.configure(config)
    try {
      const sink = new EncodedPacketSink(track)
      for await (const packet of length > wholeS ? beginnings(sink, length) : sink.packets()) {
        if (failure) throw failure
        if (decoder.decodeQueueSize >= waiting)
          await new Promise((resume) => decoder.addEventListener('dequeue', resume, { once: true }))
        decoder.decode(packet.toEncodedAudioChunk())
      }
      await decoder.flush()
    } finally {
      if (decoder.state !== 'closed') decoder.close()
    }
    return stretches.peaks()
  } finally {
    input.dispose()
  }
}

/** Of every stretch the packets of its beginning, in their order and none twice. */
async function* beginnings(sink: EncodedPacketSink, length: number): AsyncGenerator<EncodedPacket> {
  let heard = -1
  for (let stretch = 0; stretch < peakCount; stretch += 1) {
    const from = (stretch * length) / peakCount
    let packet = await sink.getPacket(from)
    for (
      ;
      packet && packet.timestamp < from + heardS / peakCount;
      packet = await sink.getNextPacket(packet)
    ) {
      if (packet.timestamp <= heard) continue
      heard = packet.timestamp
      yield packet
    }
  }
}

let samples = new Float32Array(8_192)

/** Every channel of what came out of the decoder. */
function hear(
  data: AudioData,
  length: number,
  add: (of: Float32Array, from: number, to: number) => void,
): void {
  const from = data.timestamp / 1e6 / length
  const to = from + data.numberOfFrames / data.sampleRate / length
  if (samples.length < data.numberOfFrames) samples = new Float32Array(data.numberOfFrames)
  const part = samples.subarray(0, data.numberOfFrames)
  for (let plane = 0; plane < data.numberOfChannels; plane += 1) {
    data.copyTo(part, { planeIndex: plane, format: 'f32-planar' })
    add(part, from, to)
  }
  data.close()
}
