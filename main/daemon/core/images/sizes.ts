/** What a size of contract 9.2 means to OpenRouter: a shape and a tier. */
export interface SizeMeaning {
  readonly aspect_ratio: string
  readonly resolution: string
}

/** The only sizes that are taken (contract 9.2). */
export const imageSizes: Readonly<Record<string, SizeMeaning>> = {
  square: { aspect_ratio: '1:1', resolution: '1K' },
  '1024x1024': { aspect_ratio: '1:1', resolution: '1K' },
  '1536x1024': { aspect_ratio: '3:2', resolution: '2K' },
  '1024x1536': { aspect_ratio: '2:3', resolution: '2K' },
  '1792x1024': { aspect_ratio: '16:9', resolution: '2K' },
  '1024x1792': { aspect_ratio: '9:16', resolution: '2K' },
}

export const sizeMeaning = (size: string): SizeMeaning | undefined =>
  Object.hasOwn(imageSizes, size) ? imageSizes[size] : undefined

/** Pixels of the longer edge of a picture that is asked for, or kept as it came (contract 9.2). */
export const largestEdge = 4_096

/** The shape (`3:2`) that is nearest to a picture's own; undefined when none is to choose from. */
export function nearestShape(width: number, height: number, shapes: readonly string[]): string | undefined {
  const wanted = Math.log(width / height)
  const distance = (shape: string): number => {
    const [across = NaN, down = NaN] = shape.split(':').map(Number)
    return Math.abs(Math.log(across / down) - wanted)
  }
  return shapes
    .filter((shape) => Number.isFinite(distance(shape)))
    .toSorted((a, b) => distance(a) - distance(b))[0]
}
