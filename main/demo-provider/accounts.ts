import type { DemoModel } from './models'

export interface DemoUsage {
  readonly prompt_tokens: number
  readonly completion_tokens: number
  readonly reasoning_tokens: number
  readonly cost: number
}

/** What an answer costs at the model's own price. */
export function usageOf(model: DemoModel, prompt: number, completion: number, reasoning: number): DemoUsage {
  const price = (text: string): number => Math.max(0, Number(text)) || 0
  const cost = prompt * price(model.pricing.prompt) + completion * price(model.pricing.completion)
  return {
    prompt_tokens: prompt,
    completion_tokens: completion,
    reasoning_tokens: reasoning,
    cost: Number(cost.toFixed(9)),
  }
}

/** The `usage` object of an answer (API reference 2.3). */
export const usageBody = (usage: DemoUsage): object => ({
  prompt_tokens: usage.prompt_tokens,
  completion_tokens: usage.completion_tokens,
  total_tokens: usage.prompt_tokens + usage.completion_tokens,
  cost: usage.cost,
  is_byok: false,
  prompt_tokens_details: { cached_tokens: 0, cache_write_tokens: 0, audio_tokens: 0, video_tokens: 0 },
  completion_tokens_details: { reasoning_tokens: usage.reasoning_tokens, audio_tokens: 0, image_tokens: 0 },
  cost_details: {
    upstream_inference_cost: null,
    upstream_inference_prompt_cost: 0,
    upstream_inference_completions_cost: 0,
  },
})

/** The body of `GET /key` (API reference 6.5). */
export const keyBody = (spent: number): object => ({
  data: {
    label: 'sk-or-v1-dem…o42',
    limit: 25,
    limit_remaining: Number((25 - spent).toFixed(6)),
    limit_reset: 'monthly',
    usage: spent,
    usage_daily: spent,
    usage_weekly: spent,
    usage_monthly: spent,
    byok_usage: 0,
    byok_usage_daily: 0,
    byok_usage_weekly: 0,
    byok_usage_monthly: 0,
    include_byok_in_limit: false,
    is_free_tier: false,
    is_management_key: false,
    is_provisioning_key: false,
    creator_user_id: null,
    organization_id: null,
    workspace_id: null,
    expires_at: null,
    allowed_data_regions: ['global'],
    free_model_daily_requests: { limit: 1000, used: 0, remaining: 1000 },
    rate_limit: { requests: -1, interval: '10s', note: 'This field is deprecated and safe to ignore.' },
  },
})

export interface DemoGeneration {
  readonly id: string
  readonly model: DemoModel
  readonly house: string
  readonly created_ms: number
  usage: DemoUsage
  finish_reason: string | null
  cancelled: boolean
  /** How often it was asked for already: the record lags behind the answer. */
  asked: number
}

/** The body of `GET /generation` (API reference 6.6). */
export const generationBody = (one: DemoGeneration): object => ({
  data: {
    id: one.id,
    model: one.model.id,
    provider_name: one.house,
    created_at: new Date(one.created_ms).toISOString(),
    total_cost: one.usage.cost,
    usage: one.usage.cost,
    tokens_prompt: one.usage.prompt_tokens,
    tokens_completion: one.usage.completion_tokens,
    native_tokens_prompt: one.usage.prompt_tokens,
    native_tokens_completion: one.usage.completion_tokens,
    native_tokens_completion_images: null,
    native_tokens_reasoning: one.usage.reasoning_tokens,
    native_tokens_cached: 0,
    num_media_prompt: null,
    num_media_completion: null,
    num_input_audio_prompt: null,
    num_search_results: null,
    num_fetches: null,
    web_search_engine: null,
    finish_reason: one.finish_reason,
    native_finish_reason: one.finish_reason,
    streamed: true,
    cancelled: one.cancelled,
    generation_time: 800,
    latency: 120,
    moderation_latency: null,
    api_type: 'completions',
    app_id: null,
    cache_discount: null,
    data_region: 'global',
    external_user: null,
    http_referer: null,
    is_byok: false,
    origin: '',
    preset_id: null,
    provider_responses: null,
    request_id: null,
    response_cache_source_id: null,
    router: null,
    service_tier: null,
    session_id: null,
    upstream_id: null,
    upstream_inference_cost: null,
    user_agent: null,
    workspace_id: null,
  },
})
