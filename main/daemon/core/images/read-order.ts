import type { AssetId } from '@contract/ids'
import { Failure } from '../failure'
import { orderInvalid } from './check-order'

/** What a model put into a picture tool, by its type alone; the rest is judged as an order. */
export interface ReadOrder {
  readonly prompt: string
  readonly count: number
  readonly size?: string
  readonly provider?: string
  readonly model?: string
  /** Undefined: the key is absent, which means something else than null (contract 9.3). */
  readonly image_asset_ids: readonly AssetId[] | null | undefined
}

/** Unknown keys are passed over; a missing or mistyped one is `image_order_invalid` (contract 9). */
export function readOrder(input: unknown): ReadOrder {
  if (typeof input !== 'object' || input === null || Array.isArray(input))
    throw refuse('prompt', 'The arguments are a JSON object with a prompt.')
  const given = input as Readonly<Record<string, unknown>>
  const prompt = text(given, 'prompt')
  if (prompt === undefined) throw refuse('prompt', 'A prompt is required.')
  const count = given['count'] ?? 1
  if (typeof count !== 'number' || !Number.isInteger(count))
    throw refuse('count', 'count is a whole number from 1 to 4.')
  const [size, provider, model] = [text(given, 'size'), text(given, 'provider'), text(given, 'model')]
  return {
    prompt: prompt.trim(),
    count,
    ...(size === undefined ? {} : { size }),
    ...(provider === undefined ? {} : { provider }),
    ...(model === undefined ? {} : { model }),
    image_asset_ids: ids(given['image_asset_ids']),
  }
}

/** Models write null for what they leave out. */
function text(given: Readonly<Record<string, unknown>>, key: string): string | undefined {
  const value = given[key] ?? undefined
  if (value === undefined || typeof value === 'string') return value
  throw refuse(key, `${key} is a string.`)
}

function ids(value: unknown): readonly AssetId[] | null | undefined {
  if (value === undefined || value === null) return value
  if (Array.isArray(value) && value.every((each) => typeof each === 'string')) return value as AssetId[]
  throw refuse('image_asset_ids', 'image_asset_ids is a list of asset ids.')
}

const refuse = (field: string, detail: string) => new Failure(orderInvalid(field, detail))
