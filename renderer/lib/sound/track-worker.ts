import { msOf, pieceLength } from './rate'
import { readSound } from './track-sound'

/** What a track gives; handed over. */
export interface TrackTask {
  readonly readable: ReadableStream<AudioData>
}
/** Whole frames of sound; null when the track has ended; a word of why it can't be read any more. */
export type TrackNews = ArrayBuffer | null | string

const tell = (news: TrackNews): void =>
  self.postMessage(news, { transfer: news instanceof ArrayBuffer ? [news] : [] })

/** The next piece can't be whole before that; what comes meanwhile waits, and of the last there is still some to come. */
const restMs = msOf(pieceLength) - 14
/** A piece that took less since the rest was there already: more of them may be waiting. */
const behindMs = 4
/** Memory that could be shared is what a thread can sleep on. */
const pillow = new Int32Array(new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true }).buffer)
let wokeAt = 0

/** To be woken for each 10 ms of sound is most of what it costs. One that is behind does not rest. */
function rest(): void {
  if (performance.now() - wokeAt > behindMs) Atomics.wait(pillow, 0, 0, restMs)
  wokeAt = performance.now()
}

self.addEventListener('message', (event: MessageEvent<TrackTask>) => {
  const hear = ({ buffer }: Int16Array<ArrayBuffer>): void => {
    tell(buffer)
    rest()
  }
  readSound(event.data.readable, pieceLength, hear).then(
    () => tell(null),
    (error: unknown) => tell(String(error)),
  )
})
