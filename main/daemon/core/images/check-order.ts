import type { FaultOf } from '@contract/fault'
import { fault } from '@contract/fault'
import { longestPrompt, mostPictures, mostSources, type ImageOrder } from '@contract/image-order'
import { largestEdge, sizeMeaning } from './sizes'

const longestSize = 32

export const orderInvalid = (field: string, detail: string): FaultOf<'image_order_invalid'> =>
  fault('image_order_invalid', detail, { field })

/** The first thing that makes an order senseless, by its field (contract 9.2, 9.3); undefined for a sound one. */
export function checkOrder(order: ImageOrder): FaultOf<'image_order_invalid'> | undefined {
  const { operation, prompt, count, source_asset_ids: sources, mask_asset_id, feather_px } = order
  if (prompt.trim() === '') return orderInvalid('prompt', 'Say in words what the picture is to show.')
  if ([...prompt].length > longestPrompt)
    return orderInvalid(
      'prompt',
      `What is asked for may have ${longestPrompt.toLocaleString('en')} characters at most.`,
    )
  if (!Number.isInteger(count) || count < 1 || count > mostPictures)
    return orderInvalid('count', `Between 1 and ${String(mostPictures)} pictures can be made at a time.`)
  const size = checkSize(order.size)
  if (size) return size
  if (operation === 'edit' && sources.length === 0)
    return orderInvalid('image_asset_ids', 'An edit needs at least one picture.')
  if (operation === 'generate' && sources.length > 0)
    return orderInvalid('image_asset_ids', 'With pictures to start from, this is an edit.')
  if (sources.length > mostSources)
    return orderInvalid('image_asset_ids', `An edit takes ${String(mostSources)} pictures at most.`)
  if (new Set(sources).size < sources.length)
    return orderInvalid('image_asset_ids', 'The same picture was named twice.')
  if (mask_asset_id !== undefined && sources.length === 0)
    return orderInvalid('region', 'A region belongs to a picture that is edited.')
  if (feather_px !== undefined && (!Number.isInteger(feather_px) || feather_px < 0))
    return orderInvalid('feather_px', 'The soft edge is a number of pixels.')
  return checkOptions(order)
}

function checkSize(size: string | undefined) {
  if (size === undefined) return undefined
  if (size.length > longestSize || !/^[A-Za-z0-9:_-]+$/.test(size))
    return orderInvalid('size', 'A size is at most 32 letters, digits, colons, underscores and hyphens.')
  const [, across, down] = /^(\d+)x(\d+)$/.exec(size) ?? []
  if (across !== undefined && down !== undefined) {
    const edges = [Number(across), Number(down)]
    if (edges.some((edge) => edge < 1 || edge > largestEdge))
      return orderInvalid('size', `An edge has 1 to ${largestEdge.toLocaleString('en')} pixels.`)
  }
  if (sizeMeaning(size)) return undefined
  return orderInvalid(
    'size',
    'Take one of 1024x1024, square, 1536x1024, 1024x1536, 1792x1024 and 1024x1792; OpenRouter knows no other size.',
  )
}

/** Pixels are authoritative: what contradicts them would be refused by the provider (API reference 3.2). */
function checkOptions({ size, options }: ImageOrder) {
  const { output_format, aspect_ratio, resolution } = options ?? {}
  if (output_format !== undefined && output_format !== 'png' && output_format !== 'jpeg')
    return orderInvalid('options.output_format', 'Pictures are kept as png or jpeg.')
  const meaning = size === undefined ? undefined : sizeMeaning(size)
  if (meaning && aspect_ratio !== undefined && aspect_ratio !== meaning.aspect_ratio)
    return orderInvalid('options.aspect_ratio', 'The size says another shape.')
  if (meaning && resolution !== undefined && resolution !== meaning.resolution)
    return orderInvalid('options.resolution', 'The size says another resolution.')
  return undefined
}
