import type { DoctorReport } from '@contract/routes'
import { durationOf } from './figures'
import { styled, type Look } from './look'
import { table } from './table'

/** A doctor's report for a person: the verdict first, then the routes, then what is wrong and where. */
export function doctorLines(look: Look, report: DoctorReport): string {
  const routes = table(
    look,
    [
      { head: '', of: (route) => (route.route_id === report.default_route ? '*' : ' ') },
      { head: 'ROUTE', of: (route) => route.route_id },
      { head: 'MODEL', of: (route) => route.model },
      { head: 'KEY FROM', of: (route) => [route.auth_kind, route.auth_ref].filter(Boolean).join(' ') },
    ],
    report.routes,
    'none that a start would take',
  )
  const warnings = report.warnings.map(
    (each) => `${styled(look, 'yellow', 'warning')} ${each.code}: ${each.message}${placeOf(each)}\n`,
  )
  const errors = report.errors.map(
    (each) => `${styled(look, 'red', 'error')} ${each.code}: ${each.detail}${placeOf(each)}\n`,
  )
  const canaries = (report.canaries ?? []).map(
    (each) =>
      `canary ${each.route_id} (${each.model}) ${each.result} in ${durationOf(each.duration_ms)}${each.fault ? `: ${each.fault.detail} (${each.fault.code})` : ''}\n`,
  )
  const verdict = report.ok ? styled(look, 'green', 'healthy') : styled(look, 'red', 'not healthy')
  return [`${report.source}: ${verdict}\n`, routes, ...canaries, ...warnings, ...errors].join('')
}

const placeOf = (spot: object): string => {
  const { line, column } = spot as { readonly line?: number; readonly column?: number }
  return line === undefined ? '' : ` (line ${line}, column ${column ?? 1})`
}
