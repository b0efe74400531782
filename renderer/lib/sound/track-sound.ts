import { soundRate } from './rate'
import { createResampler, type Resampler } from './resample'

/** What a track gives, as pieces of `length` samples at `soundRate`, until it ends. */
export async function readSound(
  readable: ReadableStream<AudioData>,
  length: number,
  onSound: (sound: Int16Array<ArrayBuffer>) => void,
): Promise<void> {
  let resampler: { readonly rate: number; readonly is: Resampler } | undefined
  const mono = createMono()
  const take = createCutting(length, onSound)
  const reader = readable.getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    const { sampleRate: rate } = value
    if (resampler?.rate !== rate) resampler = { rate, is: createResampler(rate, soundRate) }
    take(resampler.is.push(mono(value)))
  }
}

/** A function of its own: a hundred times a second what waits for a promise runs slowly. */
function createCutting(
  length: number,
  onSound: (sound: Int16Array<ArrayBuffer>) => void,
): (samples: Float32Array) => void {
  let sound = new Int16Array(length)
  let filled = 0
  return (samples) => {
    for (let at = 0; at < samples.length; at += 1) {
      const bounded = Math.max(-1, Math.min(1, samples[at] ?? 0))
      sound[filled++] = Math.round(bounded * (bounded < 0 ? 32_768 : 32_767))
      if (filled < length) continue
      onSound(sound)
      sound = new Int16Array(length)
      filled = 0
    }
  }
}

/** Makes one of the channels, and closes what they came in. The next answer takes the place of the last. */
function createMono(): (data: AudioData) => Float32Array {
  let mono = new Float32Array()
  let other = new Float32Array()
  return (data) => {
    const { numberOfChannels, numberOfFrames } = data
    if (mono.length !== numberOfFrames) mono = new Float32Array(numberOfFrames)
    data.copyTo(mono, { planeIndex: 0, format: 'f32-planar' })
    if (numberOfChannels > 1 && other.length !== numberOfFrames) other = new Float32Array(numberOfFrames)
    for (let planeIndex = 1; planeIndex < numberOfChannels; planeIndex += 1) {
      data.copyTo(other, { planeIndex, format: 'f32-planar' })
      for (let at = 0; at < numberOfFrames; at += 1) mono[at] = (mono[at] ?? 0) + (other[at] ?? 0)
    }
    if (numberOfChannels > 1)
      for (let at = 0; at < numberOfFrames; at += 1) mono[at] = (mono[at] ?? 0) / numberOfChannels
    data.close()
    return mono
  }
}
