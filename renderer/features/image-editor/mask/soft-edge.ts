import { feathered } from './feathered'
import type { Mask } from './mask'
import { clipped, isNothing, type Rect } from './rect'

/** The region as it will be laid back, over a part of the picture. */
export interface SoftEdge {
  readonly canvas: OffscreenCanvas
  /** Pixels of the picture. */
  readonly rect: Rect
}

/** Pixels that are looked at: some ten milliseconds. A larger region is looked at smaller. */
const mostPixels = 400_000

/** Null where there is nothing to soften. `feather` in pixels of the picture. */
export function softEdge(
  mask: Pick<Mask, 'width' | 'height' | 'bounds' | 'draw'>,
  feather: number,
): SoftEdge | null {
  const { bounds } = mask
  if (feather <= 0 || isNothing(bounds)) return null
  const room = Math.ceil(feather) + 1
  const rect = clipped(
    {
      x: bounds.x - room,
      y: bounds.y - room,
      width: bounds.width + 2 * room,
      height: bounds.height + 2 * room,
    },
    mask.width,
    mask.height,
  )
  const scale = Math.min(1, Math.sqrt(mostPixels / (rect.width * rect.height)))
  const width = Math.max(1, Math.round(rect.width * scale))
  const height = Math.max(1, Math.round(rect.height * scale))
  const canvas = new OffscreenCanvas(width, height)
  const brush = canvas.getContext('2d', { willReadFrequently: true })
  if (!brush) return null
  mask.draw(brush, { scale, x: -rect.x * scale, y: -rect.y * scale }, { x: 0, y: 0, width, height })
  const pixels = brush.getImageData(0, 0, width, height)
  const alpha = Uint8Array.from({ length: width * height }, (_, at) => pixels.data[4 * at + 3] as number)
  const { data } = feathered({ width, height, data: alpha }, feather * scale)
  for (let at = 0; at < data.length; at += 1) pixels.data[4 * at + 3] = data[at] as number
  brush.putImageData(pixels, 0, 0)
  return { canvas, rect }
}
