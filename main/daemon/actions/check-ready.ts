import { fault } from '@contract/fault'
import { Failure } from '../core/failure'
import { readOwnKey } from '../core/routes/credentials'
import type { World } from './world'

/**
 * The readiness gate before a run is stored (contract 6.3): the route is there and has a key, as far as can be told
 * without asking the keychain. Fault: `route_not_ready` with the action to take.
 */
export function checkReady(
  { routing, keyring, env }: Pick<World, 'routing' | 'keyring' | 'env'>,
  routeId: string,
): void {
  const refuse = (detail: string) => new Failure(fault('route_not_ready', detail, { route_id: routeId }))
  const route = routing.find(routeId)
  if (!route) throw refuse('This route is not in the routes file any more. Choose another model.')
  const { credential } = route
  if (credential.kind === 'auth_ref') {
    if (keyring.isWhole(credential.slot_id)) return
    throw refuse('The key of this route is missing. Enter it in Settings under Keys.')
  }
  if (!readOwnKey(credential, env)) throw refuse('The key of this route is gone from the environment.')
}
