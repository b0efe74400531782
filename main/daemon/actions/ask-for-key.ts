import type { KeyInfo } from '@contract/secrets'
import { standardPrefix } from '../core/routes/base-url'
import { recommendedRoute } from '../core/routes/recommended'
import { usersOf } from './list-secrets'
import type { World } from './world'

/** How long the key endpoint may take. Milliseconds. */
const patience = 15_000

/** Where a slot's key is good for: the first route that uses it, or the normal API before there is one. */
export function placeOf(routing: World['routing'], slotId: string): { route_id: string; prefix: string } {
  const user = usersOf(routing, slotId)[0]
  const route = user === undefined ? undefined : routing.find(user)
  return { route_id: route?.route_id ?? recommendedRoute.route_id, prefix: route?.prefix ?? standardPrefix }
}

/** Asks the key endpoint about a key (API reference 6.5). Faults: `provider_error`. */
export async function askForKey(
  { driver, routing, clock }: Pick<World, 'driver' | 'routing' | 'clock'>,
  slotId: string,
  key: string,
): Promise<KeyInfo> {
  const limit = new AbortController()
  const undo = clock.after(patience, () => limit.abort())
  try {
    return await driver.checkKey({ ...placeOf(routing, slotId), key }, limit.signal)
  } finally {
    undo()
  }
}
