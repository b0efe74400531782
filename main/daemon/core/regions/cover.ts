import type { Box, Size } from './box'

/**
 * Where a picture of any size is drawn to cover a box whole: by its shorter side, centred, what sticks out is cut off.
 * Fractions of pixels are possible.
 */
export function cover({ width, height }: Size, box: Box): Box {
  const scale = Math.max(box.width / width, box.height / height)
  const drawn = { width: width * scale, height: height * scale }
  return {
    x: box.x + (box.width - drawn.width) / 2,
    y: box.y + (box.height - drawn.height) / 2,
    ...drawn,
  }
}
