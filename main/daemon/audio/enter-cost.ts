import type { RunId, SessionId } from '@contract/ids'
import { toNanoUsd } from '../core/pricing/money'
import type { AudioPorts } from './audio-ports'
import { addToChat, tellChat } from './chat-cost'
import { settleSound } from './settle-sound'

/** What a provider took on, as far as anybody knows its price. US dollars. */
export interface SoundCost {
  readonly basis: 'reported' | 'estimated' | 'unavailable'
  readonly usd?: number
  /** Whose records may still say it. */
  readonly generation_ids?: readonly string[]
}
export interface SoundBill {
  readonly kind: 'speech' | 'transcription'
  readonly route_id: string
  readonly model: string
  /** The chat it was for. */
  readonly session_id?: SessionId | undefined
}

/**
 * A line of the ledger beside all runs: under its chat, else under its kind. What is not reported yet is asked for later,
 * in this process or the next.
 */
export function enterCost(on: AudioPorts, cost: SoundCost, bill: SoundBill): void {
  const { store, clock, ids, spending } = on
  const { usd, basis, generation_ids = [] } = cost
  const run_id = ids.next('run') as RunId
  const isOpen = basis !== 'reported' && generation_ids.length > 0
  store.transaction(() => {
    store.costs.put({
      run_id,
      at_ms: clock.now(),
      session_id: bill.session_id ?? (bill.kind as SessionId),
      route_id: bill.route_id,
      model: bill.model,
      prompt_tokens: 0,
      completion_tokens: 0,
      basis,
      nano_usd: usd === undefined ? 0 : toNanoUsd(usd),
    })
    if (isOpen) store.costs.await(run_id, generation_ids)
    if (basis === 'reported' && usd !== undefined) addToChat(on, bill.session_id, usd)
  })
  spending.changed()
  tellChat(on, bill.session_id)
  if (isOpen && !on.stopping?.aborted) on.inBackground(settleSound(on, run_id))
}
