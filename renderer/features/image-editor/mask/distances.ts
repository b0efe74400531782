/** A mask in bytes, row by row. */
export interface Alpha {
  readonly width: number
  readonly height: number
  readonly data: Uint8Array
}

/**
 * Of each pixel, the squared distance to the nearest one that is 0, no more than `cap` squared. Beyond the edges there
 * is nothing to be near to. Columns first, then the lower envelope of a parabola for each column, so that the time does
 * not depend on `cap`.
 */
export function squaredDistances({ width, height, data }: Alpha, cap: number): Float32Array {
  const most = cap * cap
  const found = inColumns({ width, height, data }, cap)
  const line = new Float64Array(width)
  const centres = new Int32Array(width)
  const ends = new Float64Array(width + 1)
  for (let row = 0; row < width * height; row += width) {
    for (let x = 0; x < width; x += 1) line[x] = found[row + x] as number
    let last = 0
    centres[0] = 0
    ends[0] = -Infinity
    for (let x = 1; x < width; x += 1) {
      const raised = (line[x] as number) + x * x
      let meet = 0
      for (;;) {
        const centre = centres[last] as number
        meet = (raised - (line[centre] as number) - centre * centre) / (2 * (x - centre))
        if (meet > (ends[last] as number)) break
        last -= 1
      }
      last += 1
      centres[last] = x
      ends[last] = meet
    }
    ends[last + 1] = Infinity
    for (let x = 0, at = 0; x < width; x += 1) {
      while ((ends[at + 1] as number) < x) at += 1
      const centre = centres[at] as number
      found[row + x] = Math.min(most, (x - centre) * (x - centre) + (line[centre] as number))
    }
  }
  return found
}

/** The squared distance up or down, whichever is less. */
function inColumns({ width, height, data }: Alpha, cap: number): Float32Array {
  const found = new Float32Array(width * height)
  const far = new Float64Array(width).fill(cap)
  const step = (row: number): void => {
    for (let x = 0; x < width; x += 1)
      far[x] = data[row + x] === 0 ? 0 : Math.min(cap, (far[x] as number) + 1)
  }
  for (let row = 0; row < width * height; row += width) {
    step(row)
    found.set(far, row)
  }
  far.fill(cap)
  for (let row = width * (height - 1); row >= 0; row -= width) {
    step(row)
    for (let x = 0; x < width; x += 1) {
      const least = Math.min(found[row + x] as number, far[x] as number)
      found[row + x] = least * least
    }
  }
  return found
}
