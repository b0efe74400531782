import type { Receipt } from '@contract/runs'
import { formatDuration, formatNumber, formatUsd } from '../../lib/format'
import type { Say, WordKey } from '../../lib/words'
import type { chatWords } from './words'

type ChatSay = Say<(typeof chatWords)['words']>

/** The receipt in one line: model · served by · cost · tokens · time to first token · duration. */
export function receiptSummary(receipt: Receipt, say: ChatSay, locale: string): readonly string[] {
  const tokens = (receipt.prompt_tokens ?? 0) + (receipt.completion_tokens ?? 0)
  return [
    shortModel(receipt.served_model ?? receipt.model),
    receipt.served_provider,
    shortCost(receipt, say, locale),
    tokens > 0 ? say('tokens', { count: tokens, number: formatNumber(tokens, locale) }) : undefined,
    receipt.first_token_ms === undefined
      ? undefined
      : say('firstAfter', { time: formatDuration(receipt.first_token_ms, locale) }),
    receipt.duration_ms === undefined ? undefined : formatDuration(receipt.duration_ms, locale),
  ].filter((piece) => piece !== undefined)
}

function shortCost({ cost }: Receipt, say: ChatSay, locale: string): string {
  if (cost.basis === 'unavailable' || cost.usd === undefined) return say('costUnavailable')
  const usd = formatUsd(cost.usd, locale)
  return say(cost.basis, { cost: usd })
}

/** `anthropic/claude-sonnet-4-20250522` is read as `claude-sonnet-4`; the receipt has the whole name. */
const shortModel = (model: string): string =>
  model.slice(model.lastIndexOf('/') + 1).replace(/-(?:20)?\d{2}-?\d{2}-?\d{2}(?=$|:)/, '')

type FactKey = Extract<WordKey<(typeof chatWords)['words']>, `facts.${string}`>

/** Every line of the receipt that has something to say. */
export function receiptFacts(
  receipt: Receipt,
  say: ChatSay,
  locale: string,
): readonly (readonly [FactKey, string])[] {
  const count = (value: number | undefined): string | undefined =>
    value === undefined ? undefined : formatNumber(value, locale)
  const span = (value: number | undefined): string | undefined =>
    value === undefined ? undefined : formatDuration(value, locale)
  const facts: readonly (readonly [FactKey, string | undefined])[] = [
    ['facts.route', receipt.route_id],
    ['facts.model', receipt.model],
    ['facts.fallbacks', receipt.asked_fallback_models?.join(', ')],
    ['facts.servedModel', receipt.served_model],
    ['facts.providers', receipt.asked_providers?.join(', ')],
    ['facts.servedBy', receipt.served_provider],
    ['facts.pin', receipt.pin && say(`facts.pins.${receipt.pin}`)],
    ['facts.prompt', count(receipt.prompt_tokens)],
    ['facts.cached', count(receipt.cached_tokens)],
    ['facts.completion', count(receipt.completion_tokens)],
    ['facts.reasoning', count(receipt.reasoning_tokens)],
    ['facts.cost', costFact(receipt, say, locale)],
    ['facts.firstToken', span(receipt.first_token_ms)],
    ['facts.duration', span(receipt.duration_ms)],
    ['facts.finish', receipt.finish_reason],
    ['facts.generation', receipt.generation_id],
  ]
  return facts.flatMap(([key, value]) => (value === undefined || value === '' ? [] : [[key, value] as const]))
}

function costFact({ cost }: Receipt, say: ChatSay, locale: string): string {
  if (cost.basis === 'unavailable' || cost.usd === undefined) return say('facts.unavailable')
  return say(`facts.${cost.basis}`, { cost: formatUsd(cost.usd, locale) })
}
