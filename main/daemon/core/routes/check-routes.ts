import { checkRoute, isRouteId } from './check-route'
import type { Finding, Table } from './check-top'
import { checkTop, chooseDefault, isTable } from './check-top'
import type { Place } from './locate'
import { nameKeys, placeOf } from './locate'
import type { KeyPath } from './read-toml'
import type { RouteFault } from './rejections'
import { reject } from './rejections'
import type { Env, LoadedRoute, ParseToml } from './route'

export interface RoutesFile {
  /** How the file is called in faults. */
  readonly file: string
  readonly text: string
}

export interface Surroundings {
  readonly parse: ParseToml
  readonly env: Env
  /** A default route asked for at start; replaces the file's, never repairs it (contract 2.7). */
  readonly defaultOverride?: string | undefined
}

/** Everything that can be said of a routes file without asking anybody. */
export interface CheckedRoutes {
  /** The first is the one that loading stops at. */
  readonly faults: readonly RouteFault[]
  /** The sound ones, in the order of the file. */
  readonly routes: readonly LoadedRoute[]
  /** How many the file defines, sound or not. */
  readonly route_count: number
  /** Null when it can't be told. */
  readonly default_route: string | null
  /** The route tables as written, in the order of the file. */
  readonly entries: readonly (readonly [routeId: string, entry: Table])[]
  readonly find: FindKey
}

export type FindKey = (path: KeyPath) => Place | undefined

/** Where trouble with the whole file is shown. */
const top: Place = { line: 1, column: 1 }

/**
 * The one check behind loading and doctor: V2 to V21, V24 and V25 of contract 2.6. Top level first, then each route
 * in the order of the file, then the default route. Never throws.
 */
export function checkRoutes({ file, text }: RoutesFile, around: Surroundings): CheckedRoutes {
  // Some editors start a file with a byte order mark.
  const source = text.replace(/^\uFEFF/, '')
  const parsed = parseText(source, around.parse)
  const find = 'root' in parsed ? keyFinder(source) : () => undefined
  if (!('root' in parsed)) {
    const faults = [reject('V2', { file, at: parsed.at })]
    return { faults, routes: [], route_count: 0, default_route: null, entries: [], find }
  }
  const { root } = parsed
  const refuse = ({ rule, field }: Finding): RouteFault =>
    reject(rule, { file, at: rule === 'V20' ? undefined : (field !== undefined && find([field])) || top })

  const faults = checkTop(root).map(refuse)
  const table = isTable(root['routes']) ? root['routes'] : {}
  const routeIds = inOrderOfFile(Object.keys(table), find)
  const routes: LoadedRoute[] = []
  const entries: [string, Table][] = []
  for (const routeId of routeIds) {
    const entry = table[routeId]
    if (isTable(entry)) entries.push([routeId, entry])
    const checked = isTable(entry) ? checkRoute(routeId, entry, around.env) : notATable
    if (checked.route) routes.push(checked.route)
    // A refused name is an offending value itself.
    const shownId = isRouteId(routeId) ? routeId : undefined
    for (const { rule, field } of checked.findings) {
      const path = ['routes', routeId, ...(field === undefined ? [] : [field])]
      faults.push(reject(rule, { file, at: find(path) ?? top, route_id: shownId }))
    }
  }
  const standard = chooseDefault(root, routeIds, around.defaultOverride)
  faults.push(...standard.findings.map(refuse))
  return {
    faults,
    routes,
    route_count: routeIds.length,
    default_route: standard.default_route,
    entries,
    find,
  }
}

const notATable: ReturnType<typeof checkRoute> = { findings: [{ rule: 'V5' }] }

function parseText(
  text: string,
  parse: ParseToml,
): { readonly root: Table } | { readonly at: Place | undefined } {
  try {
    const root = parse(text)
    return isTable(root) ? { root } : { at: top }
  } catch (error) {
    // The error's own words quote the text: only its numbers may leave.
    const { line, column } = Object(error) as { line?: unknown; column?: unknown }
    return { at: typeof line === 'number' && typeof column === 'number' ? { line, column } : undefined }
  }
}

/** Looks keys up by their first place; the text is read at the first question only. */
function keyFinder(text: string): FindKey {
  let offsets: Map<string, number> | undefined
  return (path) => {
    if (offsets === undefined) {
      offsets = new Map()
      for (const key of nameKeys(text)) {
        const name = JSON.stringify(key.path)
        if (!offsets.has(name)) offsets.set(name, key.offset)
      }
    }
    const offset = offsets.get(JSON.stringify(path))
    return offset === undefined ? undefined : placeOf(text, offset)
  }
}

/** Objects list keys that look like numbers first, whatever the file says. */
function inOrderOfFile(routeIds: readonly string[], find: FindKey): readonly string[] {
  const places = new Map(routeIds.map((id) => [id, find(['routes', id]) ?? top]))
  return routeIds.toSorted((a, b) => {
    const [first = top, second = top] = [places.get(a), places.get(b)]
    return first.line - second.line || first.column - second.column
  })
}
