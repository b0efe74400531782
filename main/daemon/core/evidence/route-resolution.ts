import type { Capabilities } from '@contract/routes'

interface Asked {
  readonly route_id: string
  readonly session_id: string
  readonly model: string
  readonly fallback_models?: readonly string[]
}

/** What a run was resolved to (contract 15): route id, driver, model, capabilities, scope. */
export const routeResolved = (
  { route_id, session_id, model, fallback_models }: Asked,
  route: { readonly driver: string; readonly capabilities: Capabilities } | undefined,
): object => ({
  route_id,
  driver: route?.driver ?? null,
  model,
  ...(fallback_models ? { fallback_models } : {}),
  capabilities: route?.capabilities ?? null,
  scope: `session:${session_id}`,
})
