import type { Mask, Pixels } from './box'

/** Hardly anything in a photograph has it. */
const colour = [255, 0, 255] as const
const tint = 0.4

/** The picture on white with the region tinted and outlined, for a model to look at. */
export function marked(source: Pixels, mask: Mask): Pixels {
  const { width, height } = source
  const data = source.data.slice()
  const line = Math.max(1, Math.round(Math.max(width, height) / 500))
  const isIn = (x: number, y: number) =>
    x < 0 || y < 0 || x >= width || y >= height || (mask.data[y * width + x] as number) >= 128
  for (let y = 0, place = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1, place += 1) {
      const at = place * 4
      const alpha = data[at + 3] as number
      const share = mask.data[place] as number
      const isEdge =
        share >= 128 && !(isIn(x - line, y) && isIn(x + line, y) && isIn(x, y - line) && isIn(x, y + line))
      const amount = isEdge ? 1 : (tint * share) / 255
      if (alpha === 255 && amount === 0) continue
      for (let channel = 0; channel < 3; channel += 1) {
        const seen = ((data[at + channel] as number) * alpha + 255 * (255 - alpha)) / 255
        data[at + channel] = seen + ((colour[channel] as number) - seen) * amount
      }
      data[at + 3] = 255
    }
  }
  return { width, height, data }
}
