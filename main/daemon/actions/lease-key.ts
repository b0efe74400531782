import { fault } from '@contract/fault'
import { Failure } from '../core/failure'
import { readOwnKey } from '../core/routes/credentials'
import type { LeaseKey } from '../ports/leases'
import type { Leases } from './leases'
import type { World } from './world'

type Ports = Pick<World, 'routing' | 'keyring' | 'env' | 'learn'> & { readonly leases: Leases }

/**
 * Reads a route's key at the moment of the request and lends it for 60 s at most (contract 4.4). The lease is bound
 * to subject, route and slot, and looked at again immediately before sending, so that a rotation in between wins.
 */
export const leaseKey =
  ({ routing, keyring, env, learn, leases }: Ports): LeaseKey =>
  async (routeId, subject) => {
    const route = routing.find(routeId)
    if (!route) throw notReady(routeId, 'The route of this run is not in the routes file any more.')
    const access = (key: string) => ({ route_id: routeId, prefix: route.prefix, key })
    if (route.credential.kind !== 'auth_ref') {
      const key = readOwnKey(route.credential, env)
      if (!key) throw notReady(routeId, 'The key of this route is gone from the environment.')
      learn(key)
      return { view: () => null, open: () => access(key) }
    }
    const { slot_id } = route.credential
    // A queued run may outlive its slot's owner: no other provider's secret goes to this one (contract 2.6, V23).
    if ((keyring.find(slot_id)?.provider ?? 'openrouter') !== 'openrouter') {
      throw notReady(routeId, 'The slot of this route holds a secret of another provider now.')
    }
    // Issued before the read: a rotation while the keychain answers ends this lease, too.
    const lease = leases.issue({ type: 'route', route_id: routeId, slot_id }, subject)
    const secret = await keyring.read(slot_id)
    if (secret === null) {
      throw notReady(
        routeId,
        'The key of this route is not in the keychain any more. Enter it again in Settings.',
      )
    }
    learn(secret)
    return {
      view: lease.view,
      open: () => {
        if (lease.view().active) return access(secret)
        throw notReady(routeId, 'The key of this route was changed at this very moment. Try again.')
      },
    }
  }

const notReady = (route_id: string, detail: string) =>
  new Failure(fault('route_not_ready', detail, { route_id }))
