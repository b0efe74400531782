import type { Diagnostic } from '@contract/routes'
import type { Inventory } from './inventory'

/** The content of `route-inventory.json` (contract 2.7): which file is in force. No secrets. */
export interface InventoryRecord {
  readonly version: 1
  readonly source_kind: 'routes_file'
  /** Canonical path of the file. */
  readonly file: string
  /** Of its bytes, in lower-case hex. */
  readonly sha256: string
  readonly loaded_at_ms: number
  readonly default_route: string
  readonly route_ids: readonly string[]
}

export function inventoryRecord(
  inventory: Inventory,
  source: { readonly file: string; readonly sha256: string; readonly loaded_at_ms: number },
): InventoryRecord {
  const { file, sha256, loaded_at_ms } = source
  return {
    version: 1,
    source_kind: 'routes_file',
    file,
    sha256,
    loaded_at_ms,
    default_route: inventory.default_route,
    route_ids: inventory.routes.map((route) => route.route_id),
  }
}

/** Compares the record of the last load with the file as it is now: doctor's drift warnings (contract 2.7). */
export function checkDrift(recordText: string, sha256: string | undefined): Diagnostic | undefined {
  const recorded = readDigest(recordText)
  if (recorded === undefined) {
    return {
      code: 'route_inventory_metadata_unreadable',
      message:
        'The record of the routes in force cannot be read, so it is not known whether the file has changed.',
    }
  }
  if (sha256 === undefined) {
    return { code: 'route_file_unreadable', message: 'The routes file in force cannot be read any more.' }
  }
  if (recorded === sha256) return undefined
  return {
    code: 'route_file_drift',
    message: 'The routes file has changed since it was loaded. The change takes effect at the next start.',
  }
}

function readDigest(recordText: string): string | undefined {
  try {
    const record: unknown = JSON.parse(recordText)
    const { version, sha256 } = Object(record) as { version?: unknown; sha256?: unknown }
    return version === 1 && typeof sha256 === 'string' ? sha256 : undefined
  } catch {
    return undefined
  }
}
