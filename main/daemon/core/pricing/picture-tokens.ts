import type { AssetRef } from '@contract/message'

const tile = 512

/**
 * What a picture counts for, roughly: 85 tokens and 170 for each tile of 512 pixels, after it was scaled into 2,048 ×
 * 2,048 and its shorter edge down to 768. It is OpenAI's published rule for pictures in high detail, which the API
 * reference has no better one than; other families count otherwise, by up to a factor of two. Undefined when the size
 * is not known.
 */
export function pictureTokens({ width, height }: Pick<AssetRef, 'width' | 'height'>): number | undefined {
  if (!width || !height) return undefined
  const inside = Math.min(1, 2048 / Math.max(width, height))
  const scale = inside * Math.min(1, 768 / (Math.min(width, height) * inside))
  const tiles = (edge: number) => Math.max(1, Math.ceil(Math.round(edge * scale) / tile))
  return 85 + 170 * tiles(width) * tiles(height)
}

/** Characters of the data URL that a picture travels as. */
export const dataUrlLength = ({
  media_type,
  byte_length,
}: Pick<AssetRef, 'media_type' | 'byte_length'>): number =>
  `data:${media_type};base64,`.length + 4 * Math.ceil(byte_length / 3)
