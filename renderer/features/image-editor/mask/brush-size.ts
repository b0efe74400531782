/** Steps of the slider. */
export const mostBrush = 100
const least = 2

/** Pixels of the picture for a place of the slider: small sizes have more room on it than large ones. */
export function brushPixels(place: number, longestEdge: number): number {
  const most = Math.max(least * 2, longestEdge / 3)
  return Math.round(least * (most / least) ** (Math.min(Math.max(place, 0), mostBrush) / mostBrush))
}
