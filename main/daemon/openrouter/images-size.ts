import type { ImageDescriptor } from '@contract/images'
import type { ImageAsk } from '../ports/driver'

/** A size of contract 9.2 in the provider's own words. */
export interface Shape {
  readonly pixels?: string
  readonly aspect_ratio?: string
  /** Tier. */
  readonly resolution?: string
}

const shapes: Readonly<Record<string, Shape>> = {
  square: { pixels: '1024x1024', aspect_ratio: '1:1', resolution: '1K' },
  '1024x1024': { pixels: '1024x1024', aspect_ratio: '1:1', resolution: '1K' },
  '1536x1024': { pixels: '1536x1024', aspect_ratio: '3:2', resolution: '2K' },
  '1024x1536': { pixels: '1024x1536', aspect_ratio: '2:3', resolution: '2K' },
  '1792x1024': { pixels: '1792x1024', aspect_ratio: '16:9', resolution: '2K' },
  '1024x1792': { pixels: '1024x1792', aspect_ratio: '9:16', resolution: '2K' },
}

/** Undefined: no size that the provider takes. Beside those of the contract a tier, a ratio or pixels of its own. */
export function shapeOf(size: string): Shape | undefined {
  if (Object.hasOwn(shapes, size)) return shapes[size]
  if (/^(512|[1-8]K)$/.test(size)) return { resolution: size }
  if (/^\d{1,2}(\.\d{1,2})?:\d{1,2}(\.\d{1,2})?$/.test(size)) return { aspect_ratio: size }
  return /^[1-9]\d{1,3}x[1-9]\d{1,3}$/.test(size) ? { pixels: size } : undefined
}

type Parameters = Readonly<Record<string, ImageDescriptor>>

/** Nothing is known of a model without a descriptor: then everything may be tried. */
export const isUnknown = (parameters: Parameters): boolean => Object.keys(parameters).length === 0

/** Whether a request field may have a value (API reference 3.8): without a descriptor it must not be sent. */
export function allows(parameters: Parameters, field: string, value: string | number): boolean {
  if (isUnknown(parameters)) return true
  const known = Object.hasOwn(parameters, field) ? parameters[field] : undefined
  if (!known) return false
  if (known.type === 'enum') return known.values.includes(String(value))
  if (known.type === 'range') return typeof value === 'number' && value >= known.min && value <= known.max
  return true
}

/**
 * What says how large pictures are to be, as far as the model's descriptors allow. Pixels stand alone, for a ratio
 * beside them that contradicts is refused (API reference 3.2).
 */
export function encodeShape(ask: ImageAsk): Readonly<Record<string, string>> {
  const parameters = ask.image_entry?.parameters ?? {}
  const { aspect_ratio, resolution } = ask.options ?? {}
  const shape = ask.size === undefined ? {} : (shapeOf(ask.size) ?? {})
  const may = (field: string, value: string | undefined) =>
    value !== undefined && allows(parameters, field, value) ? { [field]: value } : {}
  const isFurther = aspect_ratio !== undefined || resolution !== undefined
  // Of a model nobody knows, every provider understands ratio and tier.
  const isTiered = isUnknown(parameters) && shape.resolution !== undefined
  if (!isFurther && !isTiered && shape.pixels !== undefined && allows(parameters, 'size', shape.pixels)) {
    return { size: shape.pixels }
  }
  const tier = resolution ?? shape.resolution
  const named = may('resolution', tier)
  return {
    ...may('aspect_ratio', aspect_ratio ?? shape.aspect_ratio),
    ...named,
    // Some models know tiers by the name of sizes.
    ...(Object.keys(named).length === 0 && !isUnknown(parameters) ? may('size', tier) : {}),
  }
}
