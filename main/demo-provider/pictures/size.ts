const tiers: Readonly<Record<string, number>> = {
  '512': 512,
  '0.5K': 512,
  '1K': 1024,
  '2K': 2048,
  '4K': 4096,
}
const mostPixels = 4096

export interface Size {
  readonly width: number
  readonly height: number
}

/** What of a request says how large a picture is to be. */
export interface SizeWish {
  readonly size?: unknown
  readonly aspect_ratio?: unknown
  readonly resolution?: unknown
}

/**
 * The size of a picture: pixels as they are, else a ratio within a tier. Undefined: nothing was said, or nothing that is
 * a size.
 */
export function sizeOf({ size, aspect_ratio, resolution }: SizeWish): Size | undefined {
  const [, across, down] = /^(\d+)x(\d+)$/.exec(textOf(size)) ?? []
  if (across !== undefined && down !== undefined) return bounded(Number(across), Number(down))
  const edge = tiers[textOf(resolution ?? size)]
  const [, a, b] = /^(\d+(?:\.\d+)?):(\d+(?:\.\d+)?)$/.exec(textOf(aspect_ratio)) ?? []
  const ratio = a !== undefined && b !== undefined ? Number(a) / Number(b) : 1
  if (edge === undefined && a === undefined) return undefined
  const long = edge ?? 1024
  return ratio >= 1 ? bounded(long, long / ratio) : bounded(long * ratio, long)
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

const bounded = (width: number, height: number): Size => ({
  width: Math.max(16, Math.min(mostPixels, Math.round(width))),
  height: Math.max(16, Math.min(mostPixels, Math.round(height))),
})

/** As large as what it is made from, within reason. */
export function sizeLike({ width, height }: Size): Size {
  const scale = Math.min(1, 2048 / Math.max(width, height))
  return bounded(width * scale, height * scale)
}
