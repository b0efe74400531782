import type { CheckedRoutesText, RoutesEdit } from '@contract/routes-file'

type Form = CheckedRoutesText['form']

/**
 * What else a change asks for, so that a form never leaves a file whose default route nobody can tell (contract 2.7):
 * with a second route the first stays the default, and when the default goes the first that is left takes its place.
 */
export function furtherEdits(edit: RoutesEdit, before: Form, after: Form): readonly RoutesEdit[] {
  if (!before || !after) return []
  const setDefault = (value: string | null): RoutesEdit => ({ kind: 'set', key: 'default_route', value })
  const [only] = before.routes
  if (edit.kind === 'add_route') {
    const isUnsaid = before.default_route === null && before.routes.length === 1
    return isUnsaid && only ? [setDefault(only.route_id)] : []
  }
  if (edit.kind === 'remove_route' && after.default_route === edit.route_id) {
    return [setDefault(after.routes[0]?.route_id ?? null)]
  }
  return []
}
