import { Failure } from '../failure'
import type { RoutesFile, Surroundings } from './check-routes'
import { checkRoutes } from './check-routes'
import { checkSlots } from './check-slots'
import type { Inventory } from './inventory'
import { inventoryOf } from './inventory'
import type { RouteFault } from './rejections'
import type { FindSlot } from './route'

/**
 * Loads a routes file, or throws the first rejection of contract 2.6 as a `Failure` (V2 to V25; V1 is the file
 * reader's). What needs no slot is checked first, so that a broken file is never mistaken for a missing key.
 */
export function loadRoutes(
  source: RoutesFile,
  around: Surroundings & { readonly slots: FindSlot },
): Inventory {
  const checked = checkRoutes(source, around)
  refuseFirst(checked.faults)
  refuseFirst(checkSlots(checked.routes, around.slots, { file: source.file, find: checked.find }))
  // Without a fault there is a default; the check would have said so.
  return inventoryOf(checked.routes, checked.default_route ?? '')
}

function refuseFirst([first]: readonly RouteFault[]): void {
  if (first) throw new Failure(first)
}
