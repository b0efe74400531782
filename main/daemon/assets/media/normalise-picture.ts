import { createCanvas, type Canvas } from '@napi-rs/canvas'
import { checkPictureSize, pictureTarget, thumbnailEdge } from '../../core/media-types/limits'
import { invalid } from '../../core/media-types/refuse'
import { decodePicture } from './decode-picture'
import type { Given, Taken } from './taken'
import { writeMade } from './write-made'

type Drawable = Awaited<ReturnType<typeof decodePicture>>
interface Size {
  readonly width: number
  readonly height: number
}
type Encoded = 'image/png' | 'image/jpeg'

export async function normalisePicture({ type, bytes, out, progress }: Given): Promise<Taken> {
  const picture = await decodePicture(type, bytes)
  checkPictureSize(picture)
  progress?.(bytes.length / 2)
  let size = fitted(picture, pictureTarget.edge)
  let canvas = drawn(picture, size)
  const as = storedAs(type, canvas)
  let encoded = await encode(canvas, as)
  while (encoded.length > pictureTarget.byte_length) {
    size = { width: Math.floor(size.width / 2), height: Math.floor(size.height / 2) }
    if (size.width < 1 || size.height < 1)
      throw invalid('picture_encoded_size', 'This picture can’t be made small enough')
    canvas = drawn(canvas, size)
    encoded = await encode(canvas, as)
  }
  const [raw, thumbnail] = await Promise.all([
    writeMade(out, as === 'image/png' ? 'raw.png' : 'raw.jpg', as, encoded),
    writeThumbnail(canvas, as, out),
  ])
  return {
    raw,
    thumbnail,
    ...size,
    source_width: picture.width,
    source_height: picture.height,
  }
}

export function writeThumbnail(canvas: Canvas, as: Encoded, out: string) {
  const small = drawn(canvas, fitted(canvas, thumbnailEdge))
  return encode(small, as).then((bytes) =>
    writeMade(out, as === 'image/png' ? 'thumbnail.png' : 'thumbnail.jpg', as, bytes),
  )
}

/** Within a square of `edge`, never larger than it is, never less than a pixel. */
function fitted({ width, height }: Size, edge: number): Size {
  const scale = Math.min(1, edge / Math.max(width, height))
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
}

export function drawn(picture: Drawable | Canvas, { width, height }: Size): Canvas {
  const canvas = createCanvas(width, height)
  const context = canvas.getContext('2d')
  // Of the three this alone averages what is made smaller; 'high' leaves out pixels.
  context.imageSmoothingQuality = 'medium'
  context.drawImage(picture, 0, 0, width, height)
  return canvas
}

const encode = (canvas: Canvas, as: Encoded): Promise<Uint8Array> =>
  as === 'image/png' ? canvas.encode('png') : canvas.encode('jpeg', pictureTarget.quality)

/** PNG and JPEG stay what they are; the others become PNG where something shows through, else JPEG. */
function storedAs(type: Given['type'], canvas: Canvas): Encoded {
  if (type === 'image/png' || type === 'image/jpeg') return type
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height)
  for (let place = 3; place < data.length; place += 4) if (data[place] !== 255) return 'image/png'
  return 'image/jpeg'
}
