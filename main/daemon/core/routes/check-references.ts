import type { Diagnostic } from '@contract/routes'
import { isRouteId } from './check-route'

interface Named {
  readonly route_id: string
  readonly count: number
}

/** What still names routes that a file does not have (contract 13.3). */
export function checkReferences(
  routeIds: readonly string[],
  named: { readonly sessions: readonly Named[]; readonly runs: readonly Named[] },
): Diagnostic[] {
  const stale = (found: readonly Named[], code: string, message: string): Diagnostic[] =>
    found
      .filter(({ route_id }) => !routeIds.includes(route_id))
      .map(({ route_id, count }) => ({
        code,
        message,
        ...(isRouteId(route_id) ? { route_id } : {}),
        count,
      }))
  return [
    ...stale(
      named.sessions,
      'stale_session_route_policy',
      'Chats name a route that the file does not have. Choose another model there, or add the route.',
    ),
    ...stale(
      named.runs,
      'stale_run_route',
      'Runs that wait are pinned to a route that the file does not have, and will fail on it.',
    ),
  ]
}
