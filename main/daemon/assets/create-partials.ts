import type { Ids } from '../ports/ids'
import type { Partials } from '../ports/assets'

/** Unfinished pictures, one for each call under way, in memory. */
export function createPartials(ids: Pick<Ids, 'token'>): Partials {
  type Shown = { readonly id: string; readonly bytes: Uint8Array; readonly media_type: string }
  const byCall = new Map<string, Shown>()
  return {
    show(call, picture) {
      const id = ids.token(12)
      byCall.set(call, { id, ...picture })
      return `asset://partial/${id}`
    },
    get: (id) => [...byCall.values()].find((shown) => shown.id === id),
    drop: (call) => void byCall.delete(call),
  }
}
