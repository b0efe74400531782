/** What recognisers are trained on. Hertz. */
export const speechRate = 16_000

/** Takes samples of one channel as they come and gives them at another rate. */
export interface Resampler {
  /** What can be told so far; the last few milliseconds wait for what follows. */
  push(samples: Float32Array): Float32Array
  end(): Float32Array
}

/** Zero crossings on each side of the filter's middle. */
const reach = 16

/** A windowed sinc below both half rates, in phases that are computed once. As many samples come out as time went in. */
export function createResampler(from: number, to = speechRate): Resampler {
  if (from === to) return { push: (samples) => samples, end: () => new Float32Array(0) }
  const common = gcd(from, to)
  const phases = to / common
  const stride = from / common
  const half = Math.ceil((reach * from) / Math.min(from, to))
  const taps = 2 * half
  const table = kernel(phases, half, (0.94 * Math.min(from, to)) / from)
  /** Input that may still be needed; its first sample is number `first`, and before the beginning there is silence. */
  let kept = new Float32Array(half - 1)
  let first = -(half - 1)
  let taken = 0
  let given = 0

  function drain(known: number, upto: number): Float32Array {
    const out: number[] = []
    for (; given < upto; given += 1) {
      const exact = given * stride
      const middle = Math.floor(exact / phases)
      if (middle + half >= known) break
      const row = (exact % phases) * taps
      const start = middle - half + 1 - first
      let sum = 0
      for (let tap = 0; tap < taps; tap += 1) sum += (kept[start + tap] ?? 0) * (table[row + tap] ?? 0)
      out.push(sum)
    }
    const needed = Math.floor((given * stride) / phases) - half + 1
    const drop = Math.min(kept.length, Math.max(0, needed - first))
    kept = kept.slice(drop)
    first += drop
    return Float32Array.from(out)
  }

  return {
    push(samples) {
      const grown = new Float32Array(kept.length + samples.length)
      grown.set(kept)
      grown.set(samples, kept.length)
      kept = grown
      taken += samples.length
      return drain(taken, Infinity)
    },
    end: () => drain(Infinity, Math.ceil((taken * phases) / stride)),
  }
}

/** One row of taps for each place between two samples, each row's sum 1. */
function kernel(phases: number, half: number, cutoff: number): Float32Array {
  const taps = 2 * half
  const table = new Float32Array(phases * taps)
  for (let phase = 0; phase < phases; phase += 1) {
    let sum = 0
    for (let tap = 0; tap < taps; tap += 1) {
      const distance = tap - half + 1 - phase / phases
      const x = Math.PI * distance * cutoff
      const window = Math.abs(distance) >= half ? 0 : 0.5 + 0.5 * Math.cos((Math.PI * distance) / half)
      const value = (Math.abs(x) < 1e-9 ? 1 : Math.sin(x) / x) * window
      table[phase * taps + tap] = value
      sum += value
    }
    for (let tap = 0; tap < taps; tap += 1) table[phase * taps + tap] = (table[phase * taps + tap] ?? 0) / sum
  }
  return table
}

const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b))

/** As they are stored: 16 bits, little-endian. */
export function toPcm16(samples: Float32Array): Uint8Array {
  const bytes = new Uint8Array(samples.length * 2)
  const view = new DataView(bytes.buffer)
  samples.forEach((sample, at) =>
    view.setInt16(at * 2, Math.max(-32_768, Math.min(32_767, Math.round(sample * 32_768))), true),
  )
  return bytes
}
