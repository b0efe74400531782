import { endpoints, type Method } from '@contract/http'
import type { DaemonCallName } from '@contract/names'

export interface Found {
  readonly name: DaemonCallName
  /** The fields of the input that stand in the path. */
  readonly params: Readonly<Record<string, string>>
}

interface Place {
  readonly calls: Map<string, DaemonCallName>
  readonly named: Map<string, Place>
  any?: Place
}

export interface EndpointOf {
  readonly method: Method
  /** `/v1/…` with fields in braces. */
  readonly path: string
  readonly fields: readonly string[]
}

/** A line of the contract's table, taken apart. */
export function endpointOf(name: DaemonCallName): EndpointOf {
  const [method, path] = endpoints[name].split(' ') as [Method, string]
  return { method, path, fields: [...path.matchAll(/\{(\w+)\}/g)].map(([, field]) => field ?? '') }
}

const emptyPlace = (): Place => ({ calls: new Map(), named: new Map() })

/** Finds the call that a method and a path mean; a written segment goes before a field. */
export function createRouter(): (method: string, path: string) => Found | undefined {
  const root = emptyPlace()
  for (const name of Object.keys(endpoints) as DaemonCallName[]) {
    const { method, path } = endpointOf(name)
    let place = root
    for (const segment of path.split('/')) place = step(place, segment)
    place.calls.set(method, name)
  }
  return (method, path) => walk(root, method, path.split('/'), 0, [])
}

function step(place: Place, segment: string): Place {
  if (segment.startsWith('{')) {
    return (place.any ??= emptyPlace())
  }
  const known = place.named.get(segment) ?? emptyPlace()
  place.named.set(segment, known)
  return known
}

function walk(
  place: Place,
  method: string,
  segments: readonly string[],
  at: number,
  values: readonly string[],
): Found | undefined {
  const segment = segments[at]
  if (segment === undefined) {
    const name = place.calls.get(method)
    // Two calls may name the same place of their paths differently.
    return (
      name && {
        name,
        params: Object.fromEntries(endpointOf(name).fields.map((field, nth) => [field, values[nth] ?? ''])),
      }
    )
  }
  const named = place.named.get(segment)
  const found = named && walk(named, method, segments, at + 1, values)
  if (found || !place.any) return found
  const value = decoded(segment)
  if (value === undefined) return undefined
  return walk(place.any, method, segments, at + 1, [...values, value])
}

function decoded(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment)
  } catch {
    return undefined
  }
}
