import { fault } from '@contract/fault'
import type { ImageOrder } from '@contract/image-order'
import type { ObservedInput } from '@contract/observations'
import type { RequestSettings } from '@contract/request-settings'
import type { Generation, RunRequest } from '@contract/runs'
import { Failure } from '../failure'
import type { GivenPart } from './input'

const wellFormed = /^[\x21-\x7e]{1,200}$/u

/** Refuses `invalid_idempotency_key` unless it is 1 to 200 visible ASCII characters without spaces. */
export function checkKey(key: string): void {
  if (wellFormed.test(key)) return
  throw new Failure(
    fault(
      'invalid_idempotency_key',
      'An idempotency key is 1 to 200 visible ASCII characters without spaces.',
    ),
  )
}

/**
 * The behaviour-relevant fields of a request as canonical text; its hash is the fingerprint (contract 6.4). `input` is
 * what `readInput` made of it; `digest` stands for the content of a file that comes along.
 */
export function canonicalRequest(
  request: RunRequest,
  input: readonly GivenPart[],
  digest: (content_base64: string) => string,
  observed?: ObservedInput,
): string {
  const { generation = {}, context_assets } = request
  return canonical('input', [
    request.session_id,
    input.map((part) =>
      part.kind === 'inline'
        ? [part.kind, part.file_name, part.media_type ?? null, digest(part.content_base64)]
        : part,
    ),
    blankAsUnset(request.provider),
    blankAsUnset(request.model),
    blankAsUnset(request.fallback_model),
    generationOf(generation),
    request.replaces ?? null,
    ...settings({ ...request, generation: undefined }),
    ...(context_assets ? [{ context_assets: [...new Set(context_assets)].sort() }] : []),
    ...(observed ? [{ observed: canonicalObserved(observed) }] : []),
  ])
}

/** In an order of their own; nothing where nothing is said, as it was before there were settings. */
function settings({ generation, provider_preferences: asked, fallback_models }: RequestSettings): unknown[] {
  const providers = asked && [
    [
      asked.only,
      asked.order,
      asked.ignore,
      asked.allow_fallbacks,
      asked.data_collection,
      asked.zdr,
      asked.sort,
    ],
    asked.max_price && priceNames.map((name) => asked.max_price?.[name] ?? null),
  ]
  const all = { generation: generation && generationOf(generation), providers, fallback_models }
  return Object.values(all).some((one) => one !== undefined) ? [all] : []
}

const priceNames = ['prompt', 'completion', 'request', 'image'] as const

const generationOf = (generation: Generation): unknown[] => [
  generation.temperature ?? null,
  generation.max_tokens ?? null,
  generation.reasoning_effort ?? null,
]

const canonicalObserved = ({ selection, raw_asset_policy, fail_when_empty }: ObservedInput): unknown[] => [
  Object.entries(selection)
    .filter(([, value]) => value !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1)),
  raw_asset_policy,
  fail_when_empty,
]

/** The same for another answer to a message that already has one. */
export const canonicalRetry = (retry: {
  readonly run_id: string
  readonly provider?: string | undefined
  readonly model?: string | undefined
  readonly generation?: Generation | undefined
}): string =>
  canonical('retry', [
    retry.run_id,
    blankAsUnset(retry.provider),
    blankAsUnset(retry.model),
    ...settings({ generation: retry.generation }),
  ])

/** The same for a person's own picture order; `mask` is the digest of the mask. */
export const canonicalImageOrder = (
  session_id: string,
  order: Omit<ImageOrder, 'operation' | 'mask_asset_id'> & { readonly mask?: string | undefined },
): string =>
  canonical('image', [
    session_id,
    order.prompt,
    order.count,
    order.size ?? null,
    Object.entries(order.options ?? {})
      .filter(([, value]) => value !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
    blankAsUnset(order.provider),
    blankAsUnset(order.model),
    order.source_asset_ids,
    order.mask ?? null,
    order.feather_px ?? null,
  ])

const canonical = (kind: string, fields: readonly unknown[]): string =>
  JSON.stringify(['v1', kind, ...fields])

const blankAsUnset = (value: string | undefined): string | null => value?.trim() || null
