import type { Box, Mask, Pixels } from './box'

/** White is what may change, black and what is clear is not; greys are between. */
export function maskOf({ width, height, data }: Pixels): Mask {
  const alpha = new Uint8Array(width * height)
  for (let place = 0, from = 0; place < alpha.length; place += 1, from += 4) {
    const [red = 0, green = 0, blue = 0] = [data[from], data[from + 1], data[from + 2]]
    // Sums to 256, so that white is 255 and not one less.
    const grey = (red * 77 + green * 150 + blue * 29 + 128) >> 8
    alpha[place] = Math.round((grey * (data[from + 3] ?? 0)) / 255)
  }
  return { width, height, data: alpha }
}

/** The least box that holds all of it; undefined where nothing is marked. */
export function boundsOf({ width, height, data }: Mask): Box | undefined {
  let [left, right, top, bottom] = [width, -1, -1, -1]
  for (let y = 0; y < height; y += 1) {
    const row = y * width
    let x = 0
    while (x < width && data[row + x] === 0) x += 1
    if (x === width) continue
    if (top < 0) top = y
    bottom = y
    if (x < left) left = x
    let end = width - 1
    while (end > right && data[row + end] === 0) end -= 1
    if (end > right) right = end
  }
  if (bottom < 0) return undefined
  return { x: left, y: top, width: right - left + 1, height: bottom - top + 1 }
}
