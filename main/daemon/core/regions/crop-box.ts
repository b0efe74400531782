import type { Box, Size } from './box'

/** Beside the region on each side: a share of its longer edge, at least so many pixels. */
const context = { share: 0.5, least: 32 }
/** A crop of fewer pixels shows a model too little. */
const leastEdge = 256
/** Shapes that picture models make, so that what comes back has the shape of what was sent. */
const shapes = [1, 5 / 4, 4 / 5, 4 / 3, 3 / 4, 3 / 2, 2 / 3, 16 / 9, 9 / 16]

/** The region with some of what surrounds it, in one of the usual shapes where the picture has room for one. */
export function cropBox(region: Box, picture: Size): Box {
  const pad = Math.max(context.least, Math.round(context.share * Math.max(region.width, region.height)))
  const least = {
    width: Math.min(picture.width, Math.max(leastEdge, region.width + 2 * pad)),
    height: Math.min(picture.height, Math.max(leastEdge, region.height + 2 * pad)),
  }
  const fitting = shapes
    .map((shape) => grown(least, shape))
    .filter(({ width, height }) => width <= picture.width && height <= picture.height)
    .sort((a, b) => a.width * a.height - b.width * b.height)
  const { width, height } = fitting[0] ?? widened(least, picture)
  return {
    x: placed(region.x, region.width, width, picture.width),
    y: placed(region.y, region.height, height, picture.height),
    width,
    height,
  }
}

/** As near to such a shape as the picture lets it: its shorter side is the picture's. */
const widened = ({ width, height }: Size, picture: Size): Size =>
  width > height ? { width, height: picture.height } : { width: picture.width, height }

const grown = ({ width, height }: Size, shape: number): Size =>
  width < height * shape
    ? { width: Math.round(height * shape), height }
    : { width, height: Math.round(width / shape) }

/** The region in its middle, or as near to it as the picture's edge lets it. */
const placed = (from: number, length: number, boxLength: number, all: number): number =>
  Math.max(0, Math.min(all - boxLength, Math.floor(from + (length - boxLength) / 2)))
