import { peakCount } from './peaks-task'

/** Collects how loud a recording is, in `peakCount` equal stretches of its length. */
export interface Stretches {
  /** Samples from -1 to 1, the first at `from` and the last before `to` (both as a share of the whole). */
  add(samples: Float32Array, from: number, to: number): void
  /** Loudness from 0 to 1 at a place. */
  put(share: number, loudness: number): void
  /** 0 to 255 each. A stretch that nothing was heard of is as loud as the one before it. */
  peaks(): Uint8Array
}

export function createStretches(count: number = peakCount): Stretches {
  const loudest = new Float32Array(count).fill(-1)
  const put = (share: number, loudness: number): void => {
    const at = Math.min(count - 1, Math.max(0, Math.floor(share * count)))
    if (loudness > (loudest[at] ?? 0)) loudest[at] = loudness
  }
  return {
    put,
    add(samples, from, to) {
      const step = (to - from) / samples.length
      let at = 0
      while (at < samples.length) {
        const stretch = Math.floor((from + at * step) * count)
        // To the end of this stretch, or of what there is.
        const end = Math.min(
          samples.length,
          Math.max(at + 1, Math.ceil(((stretch + 1) / count - from) / step)),
        )
        let most = 0
        for (; at < end; at += 1) most = Math.max(most, Math.abs(samples[at] ?? 0))
        put((stretch + 0.5) / count, most)
      }
    },
    peaks() {
      let before = 0
      return Uint8Array.from(loudest, (loudness) => {
        if (loudness >= 0) before = Math.min(255, Math.round(255 * loudness))
        return before
      })
    },
  }
}
