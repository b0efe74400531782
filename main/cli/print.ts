import type { Fault } from '@contract/fault'
import type { Receipt } from '@contract/runs'
import { costOf } from './figures'

export const toJson = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`
/** One value of many. */
export const toJsonLine = (value: unknown): string => `${JSON.stringify(value)}\n`

export const faultLine = (fault: Fault): string => `kheish: ${fault.detail} (${fault.code})\n`

export function receiptLine(receipt: Receipt): string {
  const { served_model, model, served_provider, prompt_tokens, completion_tokens, cost, duration_ms } =
    receipt
  const who =
    served_provider === undefined ? (served_model ?? model) : `${served_model ?? model} by ${served_provider}`
  const tokens =
    completion_tokens === undefined ? undefined : `${prompt_tokens ?? 0} + ${completion_tokens} tokens`
  const time = duration_ms === undefined ? undefined : `${(duration_ms / 1_000).toFixed(1)} s`
  return `${[who, tokens, costOf(cost), time].filter((each) => each !== undefined).join(' · ')}\n`
}
