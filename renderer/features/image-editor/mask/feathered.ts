import { type Alpha, squaredDistances } from './distances'

/**
 * How much of each pixel will be the model's, as the daemon lays a region back: nothing at its edge, rising inwards over
 * `feather` pixels, slowly at both ends, and full at the deepest pixel of a region that is narrower.
 */
export function feathered(mask: Alpha, feather: number): Alpha {
  if (feather <= 0) return mask
  const distances = squaredDistances(mask, feather + 1)
  let deepest = 0
  for (const each of distances) if (each > deepest) deepest = each
  const reach = Math.sqrt(deepest)
  const data = mask.data.map((alpha, at) => {
    if (alpha === 0) return 0
    const way = Math.min(1, Math.sqrt(distances[at] as number) / reach)
    return Math.round(alpha * way * way * (3 - 2 * way))
  })
  return { width: mask.width, height: mask.height, data }
}
