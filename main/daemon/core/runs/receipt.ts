import type { Receipt } from '@contract/runs'

type Tokens = Pick<Receipt, 'prompt_tokens' | 'completion_tokens' | 'reasoning_tokens' | 'cached_tokens'>

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
  /** This and what follows are of the newest request. */
  readonly generation_id?: string
  readonly finish_reason?: string
  readonly usage?: Tokens & { readonly cost_usd?: number }
  /** For when its cost was not reported. */
  readonly estimate?: Receipt['cost']
  /** Of the requests before it. */
  readonly before?: Before
  /** US dollars that tools reported. */
  readonly tools_usd?: number
}

/** Sums over the requests that came before the newest. */
interface Before {
  readonly turns: number
  readonly tokens: Tokens
  readonly usd?: number
  /** All of it was. */
  readonly is_reported: boolean
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

/** The receipt of an answer at `at_ms`, over all its requests. A reported cost always wins over an estimate. */
export function receiptOf(gathered: Gathered, at_ms: number, estimate?: Receipt['cost']): Receipt {
  const { started_at_ms, first_token_at_ms, usage, before, tools_usd, estimate: guess, ...known } = gathered
  const { cost_usd, ...tokens } = usage ?? {}
  const newest: Receipt['cost'] =
    cost_usd === undefined ? (estimate ?? guess ?? unknownCost) : { basis: 'reported', usd: cost_usd }
  return {
    ...known,
    ...(before ? sum(before.tokens, tokens) : tokens),
    ...costs(newest, gathered),
    ...(first_token_at_ms === undefined ? {} : { first_token_ms: first_token_at_ms - started_at_ms }),
    duration_ms: at_ms - started_at_ms,
    ...(before ? { turns: before.turns + 1 } : {}),
  }
}

function costs(
  newest: Receipt['cost'],
  { before, tools_usd }: Gathered,
): Pick<Receipt, 'cost' | 'settled_usd'> {
  if (!before && tools_usd === undefined) return { cost: newest }
  const isSettled = before?.is_reported ?? true
  const rest = add(before?.usd, tools_usd)
  const usd = add(rest, newest.usd)
  const isReported = isSettled && newest.basis === 'reported'
  return {
    cost: usd === undefined ? unknownCost : { basis: isReported ? 'reported' : 'estimated', usd },
    ...(isSettled && !isReported ? { settled_usd: rest ?? 0 } : {}),
  }
}

/** Another request to the model begins: what was learned of the one before joins the sums. */
export function nextRequest(gathered: Gathered): Gathered {
  const { generation_id: _, finish_reason: __, usage = {}, estimate, before, ...rest } = gathered
  const { cost_usd, ...tokens } = usage
  const usd = add(before?.usd, cost_usd ?? estimate?.usd)
  return {
    ...rest,
    before: {
      turns: (before?.turns ?? 0) + 1,
      tokens: sum(before?.tokens ?? {}, tokens),
      ...(usd === undefined ? {} : { usd }),
      is_reported: (before?.is_reported ?? true) && cost_usd !== undefined,
    },
  }
}

export const withToolCost = (gathered: Gathered, usd: number): Gathered => ({
  ...gathered,
  tools_usd: (gathered.tools_usd ?? 0) + usd,
})

/** What a run had gathered when its receipt was written; it goes on from there. */
export function gatheredFrom(receipt: Receipt, started_at_ms: number): Gathered {
  const { cost, first_token_ms, duration_ms: _, turns = 1, settled_usd, ...known } = receipt
  const { prompt_tokens, completion_tokens, reasoning_tokens, cached_tokens, ...rest } = known
  const tokens: Tokens = sum({ prompt_tokens, completion_tokens, reasoning_tokens, cached_tokens }, {})
  const isReported = cost.basis === 'reported'
  const guess = cost.usd === undefined ? unknownCost : { ...cost, usd: cost.usd - (settled_usd ?? 0) }
  return {
    ...rest,
    started_at_ms,
    ...(first_token_ms === undefined ? {} : { first_token_at_ms: started_at_ms + first_token_ms }),
    usage: { ...tokens, ...(isReported && cost.usd !== undefined ? { cost_usd: cost.usd } : {}) },
    ...(isReported ? {} : { estimate: guess }),
    ...(turns > 1
      ? { before: { turns: turns - 1, tokens: {}, is_reported: isReported || settled_usd !== undefined } }
      : {}),
    ...(settled_usd === undefined ? {} : { tools_usd: settled_usd }),
  }
}

/**
 * The receipt with what the provider reported afterwards of the newest request; unchanged when it still names no cost, or
 * when that is not all that is missing.
 */
export function settleReceipt(receipt: Receipt, settled: Settled): Receipt {
  const { cost_usd, ...rest } = settled
  const { settled_usd, ...known } = receipt
  if (cost_usd === undefined || !maySettle(receipt)) return receipt
  // Its tokens are those of one request.
  const facts = receipt.turns === undefined ? rest : {}
  return { ...facts, ...known, cost: { basis: 'reported', usd: (settled_usd ?? 0) + cost_usd } }
}

/** Whether what `generation_id` names is all that nobody has reported. */
export const maySettle = ({ cost, turns, settled_usd }: Receipt): boolean =>
  cost.basis !== 'reported' && (turns === undefined || settled_usd !== undefined)

const add = (a: number | undefined, b: number | undefined): number | undefined =>
  a === undefined ? b : b === undefined ? a : a + b

const counted = ['prompt_tokens', 'completion_tokens', 'reasoning_tokens', 'cached_tokens'] as const

/** What nobody counted stays away. */
function sum(a: Partial<Record<keyof Tokens, number | undefined>>, b: typeof a): Tokens {
  return Object.fromEntries(
    counted.flatMap((name) => {
      const all = add(a[name], b[name])
      return all === undefined ? [] : [[name, all]]
    }),
  )
}
