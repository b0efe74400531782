import { fieldsOf, listOf } from './images-found'

/**
 * US dollars for one picture, from the offers of a model: of each its plain line, or the cheapest of its variants; of
 * all offers the lowest. Undefined where it is counted otherwise (tokens, megapixels) or not said.
 */
export function pricePerImage(offers: unknown): number | undefined {
  const body = fieldsOf(offers)
  const endpoints = listOf(body['endpoints'] ?? fieldsOf(body['data'])['endpoints'])
  return lowest(endpoints.map((endpoint) => priceOf(listOf(fieldsOf(endpoint)['pricing']).map(fieldsOf))))
}

function priceOf(pricing: readonly Readonly<Record<string, unknown>>[]): number | undefined {
  const lines = pricing.filter(({ billable, unit }) => billable === 'output_image' && unit === 'image')
  const plain = lines.filter(({ variant }) => variant === undefined || variant === null || variant === '')
  return lowest((plain.length > 0 ? plain : lines).map(({ cost_usd }) => dollars(cost_usd)))
}

const dollars = (value: unknown): number | undefined => {
  const amount = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  return typeof amount === 'number' && Number.isFinite(amount) && amount >= 0 ? amount : undefined
}

function lowest(prices: readonly (number | undefined)[]): number | undefined {
  const known = prices.filter((price) => price !== undefined)
  return known.length > 0 ? Math.min(...known) : undefined
}
