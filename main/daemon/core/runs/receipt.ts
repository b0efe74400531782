import type { Receipt } from '@contract/runs'

/** What a run learned about its own answer while it arrived. Times in milliseconds since the epoch. */
export interface Gathered {
  readonly route_id: string
  readonly model: string
  readonly started_at_ms: number
  readonly first_token_at_ms?: number
  readonly served_model?: string
  readonly served_provider?: string
  readonly asked_providers?: readonly string[]
  readonly asked_fallback_models?: readonly string[]
  readonly pin?: NonNullable<Receipt['pin']>
  readonly generation_id?: string
  readonly finish_reason?: string
  readonly usage?: {
    readonly prompt_tokens?: number
    readonly completion_tokens?: number
    readonly reasoning_tokens?: number
    readonly cached_tokens?: number
    readonly cost_usd?: number
  }
}

/** What the generation record adds later (API reference 6.6). */
export interface Settled {
  readonly served_model?: string
  readonly served_provider?: string
  readonly cost_usd?: number
  readonly prompt_tokens?: number
  readonly completion_tokens?: number
}

const unknownCost: Receipt['cost'] = { basis: 'unavailable' }

/** The receipt of an answer at `at_ms`. A reported cost always wins over an estimate. */
export function receiptOf(
  gathered: Gathered,
  at_ms: number,
  estimate: Receipt['cost'] = unknownCost,
): Receipt {
  const { started_at_ms, first_token_at_ms, usage = {}, ...known } = gathered
  const { cost_usd, ...tokens } = usage
  return {
    ...known,
    ...tokens,
    cost: cost_usd === undefined ? estimate : { basis: 'reported', usd: cost_usd },
    ...(first_token_at_ms === undefined ? {} : { first_token_ms: first_token_at_ms - started_at_ms }),
    duration_ms: at_ms - started_at_ms,
  }
}

/** The receipt with what the provider reported afterwards; unchanged when it still names no cost. */
export function settleReceipt(receipt: Receipt, settled: Settled): Receipt {
  const { cost_usd, ...rest } = settled
  if (cost_usd === undefined || receipt.cost.basis === 'reported') return receipt
  return { ...rest, ...receipt, cost: { basis: 'reported', usd: cost_usd } }
}
