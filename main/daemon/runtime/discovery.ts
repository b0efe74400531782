import type { Fault } from '@contract/fault'
import { fault } from '@contract/fault'
import { capabilityMatrix, discoveryMode } from '../core/capabilities/discovery'
import type { CurrentRoute } from '../core/routes/inventory'
import type { Clock } from '../ports/clock'
import type { Discovery } from '../ports/discovery'
import type { Routing } from '../ports/routing'
import type { Store } from '../ports/store'
import type { CatalogueRefresh } from '../ports/upkeep'
import { atMost } from './at-most'

/** The one question at start may take so long. Milliseconds (contract 5.2). */
const patience = 15_000

interface Needs {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly routing: Pick<Routing, 'table' | 'find'>
  readonly store: Pick<Store, 'models'>
  readonly catalogue: Pick<CatalogueRefresh, 'refresh'>
  readonly clock: Clock
}

/** Reads the catalogue that is fetched anyway; only `required` waits for it. */
export function createDiscovery({ env, routing, store, catalogue, clock }: Needs): Discovery {
  const modeOf = ({ prefix }: CurrentRoute) => discoveryMode(env['KHEISH_OPENROUTER_MODEL_DISCOVERY'], prefix)

  async function ask({ route_id }: CurrentRoute): Promise<Fault | undefined> {
    let why: Fault | 'pending' | undefined = 'pending'
    const asking = catalogue.refresh(route_id).then((answer) => {
      why = answer
    })
    await atMost(clock, patience, [asking])
    const about = { retryable: true, route_id } as const
    // Written when the promise settles, which the compiler can't see.
    const answer = why as Fault | 'pending' | undefined
    if (answer === 'pending') {
      const detail = 'The list of models is required at start, and did not come in time.'
      return fault('provider_error', detail, { ...about, kind: 'timeout' })
    }
    if (answer) return { ...answer, detail: `The list of models is required at start. ${answer.detail}` }
    if (store.models.list(route_id).models.length > 0) return undefined
    const detail = 'The list of models is required at start, and is empty.'
    return fault('provider_error', detail, { ...about, kind: 'malformed' })
  }

  return {
    isOn: () => (routing.table()?.routes ?? []).some((route) => modeOf(route) !== 'disabled'),
    matrixOf(routeId) {
      const route = routing.find(routeId)
      if (!route || modeOf(route) === 'disabled') return undefined
      return capabilityMatrix(route, store.models.find(routeId, route.model))
    },
    async require() {
      const routes = (routing.table()?.routes ?? []).filter((route) => modeOf(route) === 'required')
      return (await Promise.all(routes.map(ask))).find((why) => why !== undefined)
    },
  }
}
