import type { Box, Mask } from './box'
import { squaredDistances } from './squared-distances'

/**
 * Softens the edge of a mask inwards: what was not marked stays at 0, so that a feather never reaches beyond the region.
 * Rises with the distance to the nearest pixel that is not marked and is full when `feather_px` lie between the two, or at
 * the deepest pixel of a region that is narrower. The picture's own edge is no edge of the region.
 */
export function feathered(mask: Mask, bounds: Box, feather_px: number): Mask {
  if (feather_px <= 0) return mask
  const cap = feather_px + 1
  const distances = squaredDistances(mask, bounds, cap)
  let deepest = 0
  for (const each of distances) if (each > deepest) deepest = each
  const shares = sharesOf(cap * cap, Math.sqrt(deepest))
  const data = new Uint8Array(mask.data.length)
  for (let y = 0, from = 0; y < bounds.height; y += 1) {
    let place = (bounds.y + y) * mask.width + bounds.x
    for (let x = 0; x < bounds.width; x += 1, place += 1, from += 1) {
      const alpha = mask.data[place] as number
      if (alpha !== 0) data[place] = (alpha * (shares[distances[from] as number] as number) + 127) / 255
    }
  }
  return { width: mask.width, height: mask.height, data }
}

/** What is left of a pixel's alpha, of 255, by its squared distance: slow at both ends. */
function sharesOf(most: number, reach: number): Uint8Array {
  const shares = new Uint8Array(most + 1)
  for (let squared = 0; squared <= most; squared += 1) {
    const way = Math.min(1, Math.sqrt(squared) / reach)
    shares[squared] = Math.round(255 * way * way * (3 - 2 * way))
  }
  return shares
}
