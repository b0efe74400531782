import type { RunId } from '@contract/ids'
import { toNanoUsd } from '../core/pricing/money'
import type { AudioPorts } from './audio-ports'
import { addToChat, tellChat } from './chat-cost'
import { openAccess } from './open-access'

/** Milliseconds before each look-up; the record lags behind the answer (API reference 6.6). */
export const lookups = [1_000, 3_000, 10_000, 60_000] as const

/** Asks the provider what a line of the ledger really cost, and gives up quietly: the next start asks once more. */
export async function settleSound(on: AudioPorts, id: RunId, isOld = false): Promise<void> {
  const { store, clock, stopping = new AbortController().signal } = on
  const known = new Map<string, number>()
  for (const wait of isOld ? lookups.slice(0, 1) : lookups) {
    try {
      await clock.sleep(wait, stopping)
      const entry = store.costs.get(id)
      const awaited = store.costs.awaited(id)
      if (!entry || awaited.length === 0) return
      for (const generation of awaited.filter((each) => !known.has(each))) {
        const access = await openAccess(on, entry.route_id, `session:${entry.session_id}`)
        const found = await on.driver.findGeneration(access, generation, stopping)
        if (found?.cost_usd !== undefined) known.set(generation, found.cost_usd)
      }
      if (stopping.aborted) return
      if (!awaited.every((each) => known.has(each))) continue
      const usd = [...known.values()].reduce((sum, each) => sum + each, 0)
      const isMine = store.transaction(() => {
        // Somebody else may have looked at the same time.
        if (store.costs.awaited(id).length === 0) return false
        store.costs.put({ ...entry, basis: 'reported', nano_usd: toNanoUsd(usd) })
        store.costs.await(id, [])
        addToChat(on, entry.session_id, usd)
        return true
      })
      if (!isMine) return
      on.spending.changed()
      return tellChat(on, entry.session_id)
    } catch {
      if (stopping.aborted) return
    }
  }
}

/** What the process before this one did not live to learn; of what is older than that nobody asks any more. */
export function settleOld(on: AudioPorts, since_ms: number): void {
  for (const id of on.store.costs.open(since_ms)) on.inBackground(settleSound(on, id, true))
}
