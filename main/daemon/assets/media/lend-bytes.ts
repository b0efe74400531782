/** Bytes for one file, and the way to give them back once nothing reads or writes them any more. */
export interface Lent {
  readonly bytes: Buffer
  readonly giveBack: () => void
}

let kept: Buffer | undefined

/**
 * Memory that was used before where there is some: the first touch of 12 MB of new pages takes longer than reading
 * them from the disk. What is not given back is simply lost to the next.
 */
export function lendBytes(length: number): Lent {
  const whole = kept && kept.length >= length ? kept : Buffer.allocUnsafeSlow(length)
  kept = undefined
  return {
    bytes: whole.subarray(0, length),
    giveBack: () => {
      if (!kept || kept.length < whole.length) kept = whole
    },
  }
}
