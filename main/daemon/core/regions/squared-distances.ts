import type { Box, Mask } from './box'

/**
 * Of each pixel of a box, the squared distance to the nearest pixel that is 0, exact up to `cap` pixels and `cap`
 * squared beyond. Outside of the box everything counts as 0, outside of the picture nothing does. Columns first, then the
 * lower envelope of one parabola a column (Felzenszwalb and Huttenlocher), so that the time does not depend on `cap`.
 */
export function squaredDistances(mask: Mask, box: Box, cap: number): Uint32Array {
  const squared = inColumns(mask, box, cap)
  const { width, height } = box
  const isOpen = { left: box.x > 0, right: box.x + width < mask.width }
  // One more column on either side, which is 0 unless the picture ends there.
  const line = new Float64Array(width + 2)
  const centres = new Int32Array(width + 2)
  const ends = new Float64Array(width + 3)
  const most = cap * cap
  for (let y = 0; y < height; y += 1) {
    const row = y * width
    line[0] = isOpen.left ? 0 : most
    line[width + 1] = isOpen.right ? 0 : most
    for (let x = 0; x < width; x += 1) line[x + 1] = squared[row + x] as number
    let last = 0
    centres[0] = 0
    ends[0] = -Infinity
    ends[1] = Infinity
    for (let x = 1; x < width + 2; x += 1) {
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
      ends[last + 1] = Infinity
    }
    for (let x = 1, at = 0; x <= width; x += 1) {
      while ((ends[at + 1] as number) < x) at += 1
      const centre = centres[at] as number
      const found = (x - centre) * (x - centre) + (line[centre] as number)
      squared[row + x - 1] = found < most ? found : most
    }
  }
  return squared
}

/** The squared distance up or down, whichever is less. */
function inColumns({ width: stride, height: all, data }: Mask, box: Box, cap: number): Uint32Array {
  const { x: left, y: top, width, height } = box
  const found = new Uint32Array(width * height)
  const far = new Uint16Array(width).fill(top > 0 ? 0 : cap)
  const step = (y: number) => {
    const row = (top + y) * stride + left
    for (let x = 0; x < width; x += 1)
      far[x] = data[row + x] === 0 ? 0 : Math.min(cap, (far[x] as number) + 1)
  }
  for (let y = 0; y < height; y += 1) {
    step(y)
    found.set(far, y * width)
  }
  far.fill(top + height < all ? 0 : cap)
  for (let y = height - 1; y >= 0; y -= 1) {
    step(y)
    for (let x = 0, place = y * width; x < width; x += 1, place += 1) {
      const least = Math.min(found[place] as number, far[x] as number)
      found[place] = least * least
    }
  }
  return found
}
