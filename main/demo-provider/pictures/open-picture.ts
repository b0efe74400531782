import type { Image } from '@napi-rs/canvas'

const dataUrl = /^data:image\/(png|jpeg|webp|gif);base64,(.+)$/s

/** A picture that came as a data URL, decoded; undefined: it is none that can be. */
export async function openPicture(
  url: string,
): Promise<{ readonly image: Image; readonly type: string } | undefined> {
  const [, type, base64] = dataUrl.exec(url) ?? []
  if (!type || !base64) return undefined
  const { loadImage } = await import('@napi-rs/canvas')
  const image = await loadImage(Buffer.from(base64, 'base64')).catch(() => undefined)
  return image && { image, type }
}
