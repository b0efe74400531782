import type { RunId, SessionId } from '@contract/ids'
import { estimateCost } from '../core/pricing/estimate'
import { toNanoUsd } from '../core/pricing/money'
import { openAccess } from './speak-pieces'
import type { AudioPorts } from './audio-ports'

/** One request that a provider took on. */
export interface Taken {
  readonly generation_id?: string
  readonly letters: number
}
export interface SpeechCost {
  readonly basis: 'reported' | 'estimated' | 'unavailable'
  readonly usd?: number
}

/** Milliseconds before each look-up: the record lags behind the sound (API reference 6.6), and a person waits. */
const lookups = [0, 400]

type Ports = Pick<AudioPorts, 'driver' | 'lease' | 'clock' | 'store'>

/** What requests cost: as the provider says, else by the catalogue's price of a letter. Never fails. */
export async function costOf(
  on: Ports,
  { route_id, model }: { readonly route_id: string; readonly model: string },
  taken: readonly Taken[],
  subject: string,
): Promise<SpeechCost> {
  const found = await Promise.all(taken.map((one) => lookUp(on, route_id, one.generation_id, subject)))
  if (found.length > 0 && found.every((usd) => usd !== undefined))
    return { basis: 'reported', usd: found.reduce((sum, usd) => sum + usd, 0) }
  const letters = taken.reduce((sum, one) => sum + one.letters, 0)
  return estimateCost(on.store.models.find(route_id, model), { prompt_tokens: letters, completion_tokens: 0 })
}

async function lookUp(
  on: Ports,
  route_id: string,
  generation_id: string | undefined,
  subject: string,
): Promise<number | undefined> {
  if (generation_id === undefined) return undefined
  const patience = AbortSignal.timeout(3_000)
  for (const wait of lookups) {
    try {
      if (wait > 0) await on.clock.sleep(wait, patience)
      const found = await on.driver.findGeneration(
        await openAccess(on, route_id, subject),
        generation_id,
        patience,
      )
      if (found?.cost_usd !== undefined) return found.cost_usd
    } catch {
      if (patience.aborted) return undefined
    }
  }
  return undefined
}

/** Counts what a person had spoken, beside all runs; a tool's call is its run's affair. */
export function enterCost(
  {
    store,
    clock,
    ids,
    spending,
    publish,
  }: Pick<AudioPorts, 'store' | 'clock' | 'ids' | 'spending' | 'publish'>,
  cost: SpeechCost,
  about: { readonly route_id: string; readonly model: string; readonly session_id: SessionId | undefined },
): void {
  const { usd, basis } = cost
  const session = about.session_id === undefined ? undefined : store.sessions.get(about.session_id)
  store.transaction(() => {
    store.costs.put({
      run_id: ids.next('run') as RunId,
      at_ms: clock.now(),
      session_id: about.session_id ?? ('' as SessionId),
      route_id: about.route_id,
      model: about.model,
      prompt_tokens: 0,
      completion_tokens: 0,
      basis,
      nano_usd: usd === undefined ? 0 : toNanoUsd(usd),
    })
    if (session && usd !== undefined) store.sessions.update(session.session_id, { add_cost_usd: usd })
  })
  spending.changed()
  const changed = session && usd !== undefined ? store.sessions.get(session.session_id) : undefined
  if (changed) publish({ type: 'session.changed', session: changed })
}
