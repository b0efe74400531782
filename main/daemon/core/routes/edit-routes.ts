import type { RoutesEdit } from '@contract/routes-file'
import type { Table } from './check-top'
import { has, isTable } from './check-top'
import { addTable, removePath, renameTable, setKey } from './edit-toml'
import { recommendedRoute } from './recommended'
import type { ParseToml } from './route'

/**
 * Makes a form's change in the text of a routes file; everything else in it stays to the letter. Undefined when the
 * text can't be changed so: a route that is not there or there already, a key that is a table. The result is read
 * again and only answered when it says what was asked and nothing else changed. Throws what `parse` throws.
 */
export function editRoutes(text: string, edit: RoutesEdit, parse: ParseToml): string | undefined {
  const [, mark = '', source = ''] = /^(\uFEFF?)([\s\S]*)$/.exec(text) ?? []
  const root = parse(source)
  if (!isTable(root)) return undefined
  const wanted = expectedOf(root, edit)
  if (wanted === undefined) return undefined
  const edited = editText(source, root, edit)
  // Half a character can't be written to a file.
  if (/\p{Cs}/u.test(edited)) return undefined
  try {
    return isSameFile(wanted, parse(edited)) ? mark + edited : undefined
  } catch {
    return undefined
  }
}

function editText(text: string, root: Table, edit: RoutesEdit): string {
  switch (edit.kind) {
    case 'set':
      return setKey(text, edit.route_id === undefined ? [] : ['routes', edit.route_id], edit.key, edit.value)
    case 'add_route':
      return addTable(text, ['routes', edit.route_id], newRoute(root, edit.default_model))
    case 'remove_route':
      return removePath(text, ['routes', edit.route_id])
    case 'rename_route': {
      const renamed = renameTable(text, ['routes', edit.route_id], edit.to)
      return root['default_route'] === edit.route_id ? setKey(renamed, [], 'default_route', edit.to) : renamed
    }
  }
}

/** What the text has to say afterwards. */
function expectedOf(root: Table, edit: RoutesEdit): Table | undefined {
  const routes = isTable(root['routes']) ? root['routes'] : {}
  if (edit.kind === 'set' && edit.route_id === undefined) return withKey(root, edit.key, edit.value)
  if (edit.kind === 'add_route') {
    if (has(routes, edit.route_id)) return undefined
    const added = Object.fromEntries(newRoute(root, edit.default_model))
    return { ...root, routes: withKey(routes, edit.route_id, added) }
  }
  const routeId = edit.route_id ?? ''
  const entry = has(routes, routeId) ? routes[routeId] : undefined
  if (!isTable(entry)) return undefined
  switch (edit.kind) {
    case 'set':
      return { ...root, routes: withKey(routes, routeId, withKey(entry, edit.key, edit.value)) }
    case 'remove_route':
      return { ...root, routes: withKey(routes, routeId, null) }
    case 'rename_route': {
      if (has(routes, edit.to)) return undefined
      const renamed = withKey(withKey(routes, routeId, null), edit.to, entry)
      // The file's own reference to the route follows it.
      const isDefault = root['default_route'] === routeId
      return { ...root, ...(isDefault ? { default_route: edit.to } : {}), routes: renamed }
    }
  }
}

/** A new route takes its key from the slot that the file uses already. */
function newRoute(root: Table, defaultModel: string): [string, string][] {
  const entries = Object.values(isTable(root['routes']) ? root['routes'] : {})
  const slots = entries.flatMap((entry) => (isTable(entry) ? [entry['auth_ref']] : []))
  const slot = slots.find((each): each is string => typeof each === 'string')
  return [
    ['driver', 'openrouter'],
    ['default_model', defaultModel],
    ['model_support', 'any'],
    ['auth_ref', slot ?? recommendedRoute.slot_id],
  ]
}

function withKey(table: Table, key: string, value: unknown): Table {
  const kept = Object.entries(table).filter(([name]) => name !== key)
  return Object.fromEntries(value === null ? kept : [...kept, [key, value]])
}

/** An empty table of routes says as much as none. */
const isSameFile = (a: Table, b: unknown): boolean => isTable(b) && isSameToml(withRoutes(a), withRoutes(b))

const withRoutes = (root: Table): Table => ({ ...root, routes: has(root, 'routes') ? root['routes'] : {} })

function isSameToml(a: unknown, b: unknown): boolean {
  if (!isTable(a) || !isTable(b)) return Object.is(a, b) || JSON.stringify(a) === JSON.stringify(b)
  const keys = Object.keys(a)
  return (
    keys.length === Object.keys(b).length && keys.every((key) => has(b, key) && isSameToml(a[key], b[key]))
  )
}
