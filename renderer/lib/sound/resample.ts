/** Sound of one rate at another, piece by piece and without a seam. */
export interface Resampler {
  /** As much as can be told from what has come so far: all but the last millisecond. -1 to 1, in and out. */
  push(samples: Float32Array): Float32Array
}

/** How far the kernel reaches to each side, in samples of the lower rate. */
const reach = 16
/** Of what the lower rate can hold: above it the kernel falls off. */
const kept = 0.92

/** Whole hertz. Every place between two samples that occurs has weights of its own, made once. */
export function createResampler(from: number, to: number): Resampler {
  if (from === to) return { push: (samples) => samples }
  const shared = commonDivisor(from, to)
  const [up, down] = [to / shared, from / shared]
  const half = Math.ceil(reach * Math.max(1, from / to))
  const kernels = Array.from({ length: up }, (_, phase) => kernelOf(half, phase / up, Math.min(1, to / from)))
  let held: Float32Array = new Float32Array(half)
  /** Of the next sample that comes out: its place in `held`, in `up`ths. */
  let next = half * up

  return {
    push(samples) {
      const all = new Float32Array(held.length + samples.length)
      all.set(held)
      all.set(samples, held.length)
      const count = Math.max(0, Math.ceil(((all.length - half) * up - next) / down))
      const out = new Float32Array(count)
      for (let at = 0; at < count; at += 1, next += down) {
        out[at] = weighed(kernels[next % up] ?? held, all, Math.floor(next / up) - half + 1)
      }
      const done = Math.max(0, Math.floor(next / up) - half + 1)
      held = all.subarray(done)
      next -= done * up
      return out
    },
  }
}

/** The sum of samples from `first` on, each by its weight. Two sums, as the processor can work on both at once. */
function weighed(weights: Float32Array, samples: Float32Array, first: number): number {
  let [even, odd] = [0, 0]
  for (let i = 0; i < weights.length; i += 2) {
    even += (weights[i] ?? 0) * (samples[first + i] ?? 0)
    odd += (weights[i + 1] ?? 0) * (samples[first + i + 1] ?? 0)
  }
  return even + odd
}

/** Weights of `half` samples before and after a place (`share` of the way to the next sample): together they are 1. */
function kernelOf(half: number, share: number, ratio: number): Float32Array {
  const cutoff = kept * ratio
  const weights = Float32Array.from({ length: 2 * half }, (_, i) => {
    const at = i - half + 1 - share
    const inside = Math.abs(at) < half ? 0.5 + 0.5 * Math.cos((Math.PI * at) / half) : 0
    return inside * sinc(cutoff * at)
  })
  const sum = weights.reduce((all, weight) => all + weight, 0)
  return weights.map((weight) => weight / sum)
}

const sinc = (at: number): number => (at === 0 ? 1 : Math.sin(Math.PI * at) / (Math.PI * at))

const commonDivisor = (a: number, b: number): number => (b === 0 ? a : commonDivisor(b, a % b))
