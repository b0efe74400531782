import type { Diagnostic, DoctorReport } from '@contract/routes'
import { isRouteId, unusedFields } from './check-route'
import { has } from './check-top'
import type { CheckedRoutes, RoutesFile, Surroundings } from './check-routes'
import { checkRoutes } from './check-routes'
import { checkSlots } from './check-slots'
import { diagnoseRoutes } from './inventory'
import type { FindSlot, LoadedRoute } from './route'

/** Ids that shadow the vendor prefix of raw model names (contract 2.3). */
const vendors = [
  'openai',
  'anthropic',
  'google',
  'x-ai',
  'xai',
  'meta-llama',
  'mistralai',
  'deepseek',
  'qwen',
]

/**
 * Reports all that is wrong with a routes file (contract 13.3). The verdict without `slots` is the one of loading,
 * because it is the same check. With `slots` the slots are looked for, too. `drift` is what `checkDrift` said.
 */
export function doctorRoutes(
  source: RoutesFile,
  around: Surroundings & { readonly slots?: FindSlot | undefined; readonly drift?: Diagnostic | undefined },
): DoctorReport {
  const checked = checkRoutes(source, around)
  const { faults, routes, default_route, find } = checked
  const slotFaults = around.slots ? checkSlots(routes, around.slots, { file: source.file, find }) : []
  const errors = [...faults, ...slotFaults]
  const sound = routes.map((route) => ({ ...route, model: route.default_model }))
  return {
    ok: errors.length === 0,
    source: source.file,
    // A refused name is not repeated.
    default_route: default_route !== null && isRouteId(default_route) ? default_route : null,
    route_count: checked.route_count,
    auth_checked: around.slots !== undefined,
    reference_checked: false,
    canary_checked: false,
    routes: routes.map(describe),
    diagnostics: diagnoseRoutes({ default_route: default_route ?? '', routes: sound }).map(
      ({ code, message }) => ({ code, message }),
    ),
    warnings: [...findWarnings(checked), ...(around.drift ? [around.drift] : [])],
    errors,
  }
}

function describe(route: LoadedRoute): DoctorReport['routes'][number] {
  const { credential } = route
  return {
    route_id: route.route_id,
    provider: route.driver,
    model: route.default_model,
    ...(credential.kind === 'auth_ref' ? { auth_ref: credential.slot_id } : {}),
    auth_kind: credential.kind,
    model_support: 'any',
    capabilities: route.capabilities,
  }
}

function findWarnings({ entries, find }: CheckedRoutes): Diagnostic[] {
  return entries.flatMap(([routeId, entry]) => {
    const warn = (code: string, message: string, ...field: string[]): Diagnostic => ({
      code,
      message,
      ...(isRouteId(routeId) ? { route_id: routeId } : {}),
      ...find(['routes', routeId, ...field]),
    })
    const warnings: Diagnostic[] = []
    if (vendors.includes(routeId)) {
      warnings.push(
        warn(
          'route_id_shadows_vendor',
          'This route is named like a vendor, so models of that vendor are read as this route. Give it another name.',
        ),
      )
    }
    if (has(entry, 'api_key')) {
      warnings.push(
        warn(
          'inline_api_key',
          'The key stands in the file. Store it in a slot and name that in auth_ref.',
          'api_key',
        ),
      )
    }
    for (const field of unusedFields) {
      if (!has(entry, field)) continue
      warnings.push(warn('field_not_used_by_driver', 'The openrouter driver does not use this field.', field))
    }
    return warnings
  })
}
