import { createCanvas, ImageData } from '@napi-rs/canvas'
import type { Box, Pixels } from '../../core/regions/box'
import { cover } from '../../core/regions/cover'

/**
 * What a model made, as large as `box` of the source, of which `part` is answered. One of another shape covers the box,
 * centred. One of the box's own size stays as it is, pixel by pixel.
 */
export function drawEdit(edit: Pixels, box: Box, part: Box): Pixels {
  if (edit.width === box.width && edit.height === box.height)
    return cutOut(edit, { ...part, x: part.x - box.x, y: part.y - box.y })
  const to = cover(edit, box)
  const context = createCanvas(part.width, part.height).getContext('2d')
  // Of the three 'medium' alone averages what is made smaller; what is made larger is smoothest with 'high'.
  context.imageSmoothingQuality = to.width < edit.width ? 'medium' : 'high'
  context.drawImage(canvasOf(edit), to.x - part.x, to.y - part.y, to.width, to.height)
  return {
    width: part.width,
    height: part.height,
    data: context.getImageData(0, 0, part.width, part.height).data,
  }
}

/** A box of a picture, byte by byte. */
export function cutOut({ width, data }: Pixels, box: Box): Pixels {
  const cut = new Uint8ClampedArray(box.width * box.height * 4)
  for (let y = 0; y < box.height; y += 1) {
    const from = ((box.y + y) * width + box.x) * 4
    cut.set(data.subarray(from, from + box.width * 4), y * box.width * 4)
  }
  return { width: box.width, height: box.height, data: cut }
}

export function canvasOf({ width, height, data }: Pixels) {
  const canvas = createCanvas(width, height)
  canvas.getContext('2d').putImageData(new ImageData(data, width, height), 0, 0)
  return canvas
}
