import type { RoutesEdit } from '@contract/routes-file'
import type { FieldValue } from './routes-state'

/** Where a route's key comes from (contract 2.2). */
export type KeySource = 'slot' | 'variable' | 'inline' | 'standard' | 'none'

/** The one that the loader would take, of the fields that are there. */
export function keySourceOf(routeId: string, field: (key: string) => FieldValue): KeySource {
  if (field('auth_ref') !== null) return 'slot'
  if (field('api_key') !== null) return 'inline'
  if (field('api_key_env') !== null) return 'variable'
  return routeId === 'openrouter' ? 'standard' : 'none'
}

/** The sources a person may choose. A key is never typed into the file here, and nobody chooses to say nothing. */
export const choosableSources = (routeId: string, now: KeySource): readonly KeySource[] => [
  'slot',
  'variable',
  ...(now === 'inline' ? (['inline'] as const) : []),
  ...(routeId === 'openrouter' ? (['standard'] as const) : []),
  ...(now === 'none' ? (['none'] as const) : []),
]

/** Another source, and only that: two of them in one route are refused (V13, V14). */
export function sourceEdits(routeId: string, source: KeySource, slot: string): readonly RoutesEdit[] {
  const set = (key: string, value: string | null): RoutesEdit => ({
    kind: 'set',
    route_id: routeId,
    key,
    value,
  })
  const away = (['auth_ref', 'api_key', 'api_key_env'] as const).filter(
    (key) => !(key === 'auth_ref' && source === 'slot') && !(key === 'api_key_env' && source === 'variable'),
  )
  return [
    ...away.map((key) => set(key, null)),
    ...(source === 'slot' ? [set('auth_ref', slot)] : []),
    ...(source === 'variable' ? [set('api_key_env', 'OPENROUTER_API_KEY')] : []),
  ]
}
