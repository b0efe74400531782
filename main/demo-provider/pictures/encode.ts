import { crc32 } from 'node:zlib'
import type { Canvas, Image } from '@napi-rs/canvas'

export const pictureFormats = ['png', 'jpeg', 'webp', 'avif', 'svg'] as const
export type PictureFormat = (typeof pictureFormats)[number]

export const mediaTypeOf = (format: PictureFormat): string =>
  format === 'svg' ? 'image/svg+xml' : `image/${format}`

/** A picture's file; an SVG is markup around a small copy, with a script in it that nobody may run. */
export async function encodePicture(canvas: Canvas, format: PictureFormat): Promise<Buffer> {
  if (format !== 'svg') return format === 'png' ? canvas.encode('png') : canvas.encode(format as 'jpeg')
  const small = await shrink(canvas, 256)
  const inside = (await small.encode('jpeg')).toString('base64')
  const { width, height } = canvas
  return Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"><image href="data:image/jpeg;base64,${inside}" width="${width}" height="${height}"/><script>alert(1)</script></svg>`,
  )
}

/** The same picture with so many pixels along its longer side. */
export async function shrink(canvas: Canvas | Image, edge: number): Promise<Canvas> {
  const { createCanvas } = await import('@napi-rs/canvas')
  const scale = Math.min(1, edge / Math.max(canvas.width, canvas.height))
  const [width, height] = [canvas.width, canvas.height].map((side) => Math.max(1, Math.round(side * scale)))
  const small = createCanvas(width ?? 1, height ?? 1)
  small.getContext('2d').drawImage(canvas, 0, 0, small.width, small.height)
  return small
}

/** A PNG made longer by a chunk that readers pass over, so that events become as large as a test wants. */
export function lengthen(png: Buffer, byteLength: number): Buffer {
  const body = Buffer.alloc(Math.max(4, byteLength - png.length - 8))
  body.write('paDd', 0, 'latin1')
  const framed = Buffer.alloc(body.length + 8)
  framed.writeUInt32BE(body.length - 4, 0)
  framed.set(body, 4)
  framed.writeUInt32BE(crc32(body), body.length + 4)
  const end = png.length - 12
  return Buffer.concat([png.subarray(0, end), framed, png.subarray(end)])
}
