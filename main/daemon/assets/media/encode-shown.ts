import { createCanvas } from '@napi-rs/canvas'
import { pictureTarget } from '../../core/media-types/limits'
import type { Pixels } from '../../core/regions/box'
import { leastChannels } from '../../core/regions/plain-png'
import type { MadeFile } from '../../ports/media'
import { canvasOf } from './draw-edit'
import { encodePng } from './encode-png'
import { writeMade } from './write-made'

/** Of 100, the best that fits. */
const qualities = [95, 85, 70, 50]

/**
 * A picture that only a model looks at: 2,048 pixels at the longest edge, 4 MiB at most. JPEG, or PNG where something is
 * clear and that is not too large.
 */
export async function writeShown(folder: string, name: string, pixels: Pixels): Promise<MadeFile> {
  const scale = Math.min(1, pictureTarget.edge / Math.max(pixels.width, pixels.height))
  if (scale === 1 && leastChannels(pixels).channels === 4) {
    const png = await encodePng(pixels)
    if (png.length <= pictureTarget.byte_length) return writeMade(folder, `${name}.png`, 'image/png', png)
  }
  const canvas = createCanvas(
    Math.max(1, Math.round(pixels.width * scale)),
    Math.max(1, Math.round(pixels.height * scale)),
  )
  const context = canvas.getContext('2d')
  context.fillStyle = '#fff'
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.imageSmoothingQuality = 'medium'
  context.drawImage(canvasOf(pixels), 0, 0, canvas.width, canvas.height)
  let jpeg: Buffer = Buffer.alloc(0)
  for (const quality of qualities) {
    jpeg = await canvas.encode('jpeg', quality)
    if (jpeg.length <= pictureTarget.byte_length) break
  }
  return writeMade(folder, `${name}.jpg`, 'image/jpeg', jpeg)
}
