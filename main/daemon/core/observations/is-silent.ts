/** Root mean square of a stretch that nobody can have spoken in: 1/500 of what is loudest (−54 dB). */
const floor = 65
/** Samples of one stretch: 20 ms at 16 kHz. */
const stretch = 320

/**
 * Whether nothing at all was said in 16-bit mono samples (little-endian). Errs towards speech: for what a killed window
 * left, where nobody has listened while it came.
 */
export function isSilent(samples: Uint8Array): boolean {
  const view = new DataView(samples.buffer, samples.byteOffset, samples.byteLength)
  const count = samples.byteLength >> 1
  for (let from = 0; from < count; from += stretch) {
    const to = Math.min(count, from + stretch)
    let sum = 0
    for (let at = from; at < to; at += 1) sum += view.getInt16(at * 2, true) ** 2
    if (sum / (to - from) > floor ** 2) return false
  }
  return true
}
