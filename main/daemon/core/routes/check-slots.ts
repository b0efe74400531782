import type { FindKey } from './check-routes'
import type { RouteFault } from './rejections'
import { rejectSlot } from './rejections'
import type { FindSlot, LoadedRoute } from './route'

/** Asks for the slot of every route that names one: rejections V22 and V23 (contract 4.3). */
export function checkSlots(
  routes: readonly LoadedRoute[],
  slots: FindSlot,
  { file, find }: { readonly file: string; readonly find: FindKey },
): RouteFault[] {
  return routes.flatMap(({ route_id, credential }) => {
    if (credential.kind !== 'auth_ref') return []
    const slot = slots(credential.slot_id)
    if (slot?.provider === 'openrouter') return []
    const spot = { file, at: find(['routes', route_id, 'auth_ref']), route_id }
    return [rejectSlot(slot === undefined ? 'V22' : 'V23', spot, credential.slot_id)]
  })
}
