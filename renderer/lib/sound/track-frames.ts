import { frameLength, soundRate } from './rate'
import { createResampler, type Resampler } from './resample'

/** So many pieces of 10 ms wait while the page is busy: ten seconds. */
const mostWaiting = 1_000

/**
 * What a track gives, as frames of `frameLength` at `soundRate`, until it ends. An `AudioContext` hears in time or not at
 * all: what it is late for is gone. What is read here waits.
 */
export async function readFrames(
  track: MediaStreamAudioTrack,
  onFrame: (frame: Int16Array) => unknown,
): Promise<void> {
  const { readable } = new MediaStreamTrackProcessor({ track, maxBufferSize: mostWaiting })
  let resampler: { readonly rate: number; readonly is: Resampler } | undefined
  let frame = new Int16Array(frameLength)
  let filled = 0
  const reader = readable.getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    const { sampleRate: rate } = value
    if (resampler?.rate !== rate) resampler = { rate, is: createResampler(rate, soundRate) }
    for (const sample of resampler.is.push(monoOf(value))) {
      const bounded = Math.max(-1, Math.min(1, sample))
      frame[filled++] = Math.round(bounded * (bounded < 0 ? 32_768 : 32_767))
      if (filled < frameLength) continue
      onFrame(frame)
      frame = new Int16Array(frameLength)
      filled = 0
    }
  }
}

/** The channels as one; closes it. */
function monoOf(data: AudioData): Float32Array {
  const { numberOfChannels, numberOfFrames } = data
  const mono = new Float32Array(numberOfFrames)
  data.copyTo(mono, { planeIndex: 0, format: 'f32-planar' })
  const other = new Float32Array(numberOfChannels > 1 ? numberOfFrames : 0)
  for (let planeIndex = 1; planeIndex < numberOfChannels; planeIndex += 1) {
    data.copyTo(other, { planeIndex, format: 'f32-planar' })
    for (let at = 0; at < numberOfFrames; at += 1) mono[at] = (mono[at] ?? 0) + (other[at] ?? 0)
  }
  if (numberOfChannels > 1)
    for (let at = 0; at < numberOfFrames; at += 1) mono[at] = (mono[at] ?? 0) / numberOfChannels
  data.close()
  return mono
}
