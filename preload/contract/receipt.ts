/** What an answer cost and who gave it. Tokens as the provider counted them; money in US dollars. */
export interface Receipt {
  readonly route_id: string
  /** The model asked for, without the route prefix. */
  readonly model: string
  readonly served_model?: string
  /** The upstream that answered, for instance `Anthropic`. */
  readonly served_provider?: string
  /** The upstreams it was meant for and no others, as slugs; absent when any could serve. */
  readonly asked_providers?: readonly string[]
  readonly asked_fallback_models?: readonly string[]
  /**
   * Whether the upstream and the model that answered are among those asked. Absent: nothing but the model was pinned,
   * and it answered. `undecided`: a name that can't be told, for instance a region of an upstream.
   */
  readonly pin?: 'honoured' | 'not_honoured' | 'undecided'
  readonly generation_id?: string
  readonly prompt_tokens?: number
  readonly completion_tokens?: number
  readonly reasoning_tokens?: number
  readonly cached_tokens?: number
  readonly cost: { readonly basis: 'reported' | 'estimated' | 'unavailable'; readonly usd?: number }
  readonly first_token_ms?: number
  readonly duration_ms?: number
  readonly finish_reason?: string
  /** Of how many requests to the model the sums above are; absent for one. */
  readonly turns?: number
  /** US dollars reported for everything but the request that `generation_id` names, while only that one's are unknown. */
  readonly settled_usd?: number
}
