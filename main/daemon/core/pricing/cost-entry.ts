import type { RunId, SessionId } from '@contract/ids'
import type { Receipt } from '@contract/runs'
import { toNanoUsd } from './money'

/** One line of the ledger: an answer that a provider took on, whatever became of it. */
export interface CostEntry {
  readonly run_id: RunId
  /** The run's end. Milliseconds since the epoch. */
  readonly at_ms: number
  readonly session_id: SessionId
  readonly route_id: string
  /** The one that is paid for: a fallback or a router's choice where another one was asked. */
  readonly model: string
  readonly prompt_tokens: number
  readonly completion_tokens: number
  readonly basis: Receipt['cost']['basis']
  /** Billionths of a dollar; 0 when unavailable. */
  readonly nano_usd: number
}

type Ended = Pick<CostEntry, 'run_id' | 'at_ms' | 'session_id' | 'model'> & { readonly receipt?: Receipt }

/** The entry of a run that ended, or undefined: what a provider refused outright, or never saw, cost nothing. */
export function costEntryOf({ receipt, ...run }: Ended): CostEntry | undefined {
  if (!receipt) return undefined
  const { basis, usd } = receipt.cost
  if (basis === 'unavailable' && receipt.generation_id === undefined) return undefined
  return {
    ...run,
    route_id: receipt.route_id,
    prompt_tokens: receipt.prompt_tokens ?? 0,
    completion_tokens: receipt.completion_tokens ?? 0,
    basis,
    nano_usd: usd === undefined ? 0 : toNanoUsd(usd),
  }
}
