import type { RuntimeView } from '@contract/routes'
import type { SessionView } from '@contract/sessions'
import type { ModelChoice } from '../features/models/model-index'

/** What the next run will use (contract 3: session before default). `chosen` stands for a chat that is still to be made. */
export function routeInForce(
  runtime: RuntimeView | null,
  session: SessionView | null,
  chosen: ModelChoice | null,
): ModelChoice | null {
  if (!session) return chosen ?? defaultRoute(runtime)
  if (!runtime) return null
  const provider = session.provider ?? runtime.route_id
  const model = session.model ?? modelOfRoute(runtime, provider)
  return model === undefined ? null : { provider, model }
}

export const defaultRoute = (runtime: RuntimeView | null): ModelChoice | null =>
  runtime ? { provider: runtime.route_id, model: runtime.model } : null

const modelOfRoute = (runtime: RuntimeView, routeId: string): string | undefined =>
  routeId === runtime.route_id
    ? runtime.model
    : runtime.routes.find((route) => route.route_id === routeId)?.model
