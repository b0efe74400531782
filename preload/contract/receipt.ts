/** What an answer cost and who gave it. Tokens as the provider counted them; money in US dollars. */
export interface Receipt {
  readonly route_id: string
  /** The model asked for, without the route prefix. */
  readonly model: string
  readonly served_model?: string
  /** The upstream that answered, for instance `Anthropic`. */
  readonly served_provider?: string
  readonly generation_id?: string
  readonly prompt_tokens?: number
  readonly completion_tokens?: number
  readonly reasoning_tokens?: number
  readonly cached_tokens?: number
  readonly cost: { readonly basis: 'reported' | 'estimated' | 'unavailable'; readonly usd?: number }
  readonly first_token_ms?: number
  readonly duration_ms?: number
  readonly finish_reason?: string
}
