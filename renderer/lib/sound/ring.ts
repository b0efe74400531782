/** The last samples that came, as many as fit. */
export interface Ring {
  push(samples: Int16Array): void
  /** All of it, oldest first; then it is empty. */
  take(): Int16Array<ArrayBuffer>
}

export function createRing(length: number): Ring {
  const held = new Int16Array(length)
  let at = 0
  let filled = 0
  return {
    push(samples) {
      const last = samples.length > length ? samples.subarray(samples.length - length) : samples
      const first = Math.min(last.length, length - at)
      held.set(last.subarray(0, first), at)
      held.set(last.subarray(first), 0)
      at = (at + last.length) % length
      filled = Math.min(length, filled + last.length)
    },
    take() {
      const out = new Int16Array(filled)
      const from = (at - filled + length) % length
      const first = Math.min(filled, length - from)
      out.set(held.subarray(from, from + first))
      out.set(held.subarray(0, filled - first), first)
      filled = 0
      return out
    },
  }
}
