import { ALL_FORMATS, CustomSource, EncodedPacketSink, Input } from 'mediabunny'
import { peakCount, type Read } from './peaks-task'
import { createStretches } from './stretches'

/** Longer recordings are heard in part: of each of the stretches its beginning, so much of it that this is the sum. */
const heardS = 360
/** Packets that wait for the decoder at most. */
const waiting = 64

/** Decodes packet by packet and keeps nothing but the loudest moments. Throws where it can't be decoded. */
export async function drawDecoded(read: Read, size: number, durationS: number): Promise<Uint8Array> {
  const source = new CustomSource({ getSize: () => size, read, prefetchProfile: 'network' })
  const input = new Input({ source, formats: ALL_FORMATS })
  try {
    const track = await input.getPrimaryAudioTrack()
    const config = await track?.getDecoderConfig()
    if (!track || !config) throw new Error('no sound in it')
    const length = durationS > 0 ? durationS : await track.computeDuration()
    const stretches = createStretches()
    const stretch = length / peakCount
    const heard = stretch * Math.min(1, heardS / length)
    let failure: DOMException | undefined
    const decoder = new AudioDecoder({
      output: (data) => hear(data, length, stretches.add),
      error: (error) => (failure = error),
    })
    decoder.configure(config)
    try {
      for await (const packet of new EncodedPacketSink(track).packets()) {
        if (failure) throw failure
        if (heard < stretch && packet.timestamp % stretch >= heard) continue
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
