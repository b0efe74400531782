import { estimateCost } from '../core/pricing/estimate'
import { openAccess } from './open-access'
import type { AudioPorts } from './audio-ports'
import type { SoundCost } from './enter-cost'

/** One request that a provider took on. */
export interface Taken {
  readonly generation_id?: string
  readonly letters: number
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
): Promise<SoundCost> {
  const found = await Promise.all(taken.map((one) => lookUp(on, route_id, one.generation_id, subject)))
  if (found.length > 0 && found.every((usd) => usd !== undefined))
    return { basis: 'reported', usd: found.reduce((sum, usd) => sum + usd, 0) }
  const letters = taken.reduce((sum, one) => sum + one.letters, 0)
  const guess = estimateCost(on.store.models.find(route_id, model), {
    prompt_tokens: letters,
    completion_tokens: 0,
  })
  const generation_ids = taken.flatMap(({ generation_id }) => generation_id ?? [])
  // Part of the sum would say less than the guess.
  return generation_ids.length === taken.length ? { ...guess, generation_ids } : guess
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
