import { z } from 'zod'
import { takes } from './define'

/** A model of the catalogue (API reference 6.1). Prices in US dollars per million tokens; absent means unknown. */
export interface ModelView {
  readonly id: string
  readonly name: string
  /** The id that never changes, under which answers may come. */
  readonly canonical_slug?: string
  readonly created_at_ms?: number
  readonly description?: string
  /** Tokens. */
  readonly context_length?: number
  readonly max_output_tokens?: number
  readonly input_modalities: readonly string[]
  readonly output_modalities: readonly string[]
  readonly supports: readonly string[]
  readonly prompt_usd_per_million?: number
  readonly completion_usd_per_million?: number
  /** Models that speak: what the catalogue names. */
  readonly voices?: readonly string[]
  readonly is_free: boolean
  readonly expires_on?: string
}

/** Who may serve behind a route, as settings name it and as answers do: `google-vertex`, `Google`. */
export interface Upstream {
  readonly slug: string
  readonly name: string
}

export interface Catalogue {
  readonly models: readonly ModelView[]
  /** By name; empty until it was fetched, and where the provider has no such list. */
  readonly upstreams?: readonly Upstream[]
  /** Null when it was never fetched. */
  readonly refreshed_at_ms: number | null
  readonly refreshing: boolean
}

export const modelCalls = {
  /** From the store, without the network. */
  'models.list': takes(() => z.strictObject({ provider: z.string().optional() })).returns<Catalogue>(),
  /** One of them. Fault: model_not_found. */
  'models.get': takes(() =>
    z.strictObject({ provider: z.string().optional(), model: z.string().min(1) }),
  ).returns<ModelView>(),
  /** Asks the provider; `models.changed` follows. */
  'models.refresh': takes(() => z.strictObject({ provider: z.string().optional() })).returns<Catalogue>(),
}
