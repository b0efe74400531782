import type { Rule, SlotRule } from './rejections'

export type Table = Readonly<Record<string, unknown>>

/** What is wrong, and with which field; without a field it is the file or the route itself. */
export interface Finding {
  readonly rule: Exclude<Rule, SlotRule>
  readonly field?: string
}

/** Parsers make tables with and without a prototype; dates and arrays are none. */
export const isTable = (value: unknown): value is Table =>
  Object.prototype.toString.call(value) === '[object Object]'

export const has = (table: Table, field: string): boolean => Object.hasOwn(table, field)

/** Checks the top level: V3, V5, V7 and V8, in this order. */
export function checkTop(root: Table): Finding[] {
  const findings: Finding[] = []
  for (const field of Object.keys(root)) {
    if (!['version', 'default_route', 'routes'].includes(field)) findings.push({ rule: 'V3', field })
  }
  const { version, default_route: standard, routes } = root
  const isWhole = typeof version === 'bigint' || Number.isInteger(version)
  if (has(root, 'version') && !isWhole) findings.push({ rule: 'V5', field: 'version' })
  if (has(root, 'default_route') && typeof standard !== 'string')
    findings.push({ rule: 'V5', field: 'default_route' })
  if (has(root, 'routes') && !isTable(routes)) findings.push({ rule: 'V5', field: 'routes' })
  if (isWhole && Number(version) !== 1) findings.push({ rule: 'V7', field: 'version' })
  if (!has(root, 'routes')) findings.push({ rule: 'V8' })
  else if (isTable(routes) && Object.keys(routes).length === 0) findings.push({ rule: 'V8', field: 'routes' })
  return findings
}

/** Chooses the default route (contract 2.7): V18, V19 and V20. An override replaces a result, it repairs none. */
export function chooseDefault(
  root: Table,
  routeIds: readonly string[],
  override: string | undefined,
): { readonly findings: readonly Finding[]; readonly default_route: string | null } {
  const named = has(root, 'default_route') ? root['default_route'] : undefined
  const findings: Finding[] = []
  let chosen: string | null = null
  if (typeof named === 'string') {
    if (routeIds.includes(named)) chosen = named
    else if (routeIds.length > 0) findings.push({ rule: 'V18', field: 'default_route' })
  } else if (named === undefined) {
    if (routeIds.length > 1) findings.push({ rule: 'V19' })
    else chosen = routeIds[0] ?? null
  }
  if (override === undefined) return { findings, default_route: chosen }
  if (!routeIds.includes(override)) return { findings: [...findings, { rule: 'V20' }], default_route: null }
  return { findings, default_route: chosen === null ? null : override }
}
