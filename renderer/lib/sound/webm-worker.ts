import { AudioSample, AudioSampleSource, BufferTarget, Output, WebMOutputFormat } from 'mediabunny'
import { soundRate } from './rate'

export interface WebmTask {
  readonly id: number
  /** 16-bit mono at `soundRate`; handed over. */
  readonly samples: ArrayBuffer
}
/** Bytes are null where this machine can't. */
export interface WebmDone {
  readonly id: number
  readonly bytes: ArrayBuffer | null
}

/** Bits a second: more than speech needs, a tenth of the samples. */
const bitrate = 32_000
/**
 * The longest packets there are, a third as many as by default; and no search for the last bit: with that, speech took
 * four times as long.
 */
const opus = { frameDuration: 60_000, complexity: 3 }
/** What an encoder holds back at the end goes into silence. */
const padding = (soundRate * 60) / 1000

async function webmOf(samples: Int16Array): Promise<ArrayBuffer | null> {
  const target = new BufferTarget()
  const output = new Output({ format: new WebMOutputFormat(), target })
  const source = new AudioSampleSource({
    codec: 'opus',
    bitrate,
    onEncoderConfig: (config) => Object.assign(config, { opus }),
  })
  output.addAudioTrack(source)
  await output.start()
  const padded = new Int16Array(samples.length + padding)
  padded.set(samples)
  const sample = new AudioSample({
    data: padded,
    format: 's16',
    numberOfChannels: 1,
    sampleRate: soundRate,
    timestamp: 0,
  })
  await source.add(sample)
  sample.close()
  await output.finalize()
  return target.buffer
}

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin to name
const answer = (done: WebmDone): void => self.postMessage(done)

self.addEventListener('message', (event: MessageEvent<WebmTask>) => {
  const { id, samples } = event.data
  webmOf(new Int16Array(samples)).then(
    (bytes) => answer({ id, bytes }),
    () => answer({ id, bytes: null }),
  )
})
