import type { AssetId } from '@contract/ids'
import type { ImageVersion } from '@contract/images'

/** A version as a row of the tree. */
export interface VersionRow {
  readonly version: ImageVersion
  /** 0 for the picture at the root. */
  readonly depth: number
  /** For every ancestor between the root and its parent: whether a line goes on below it. */
  readonly lines: readonly boolean[]
  readonly isLast: boolean
  /** `1`, `1.2`, `1.2.1`: how somebody may speak of it. */
  readonly place: string
}

/** The rows from top to bottom: children stand under their parent in the order they were made. */
export function versionRows(versions: readonly ImageVersion[]): readonly VersionRow[] {
  const known = new Set(versions.map(({ asset }) => asset.asset_id))
  const children = new Map<AssetId | null, ImageVersion[]>()
  for (const version of versions) {
    // One whose parent is gone stands by itself.
    const parent = version.parent_id !== null && known.has(version.parent_id) ? version.parent_id : null
    const siblings = children.get(parent) ?? []
    siblings.push(version)
    children.set(parent, siblings)
  }
  const rows: VersionRow[] = []
  const walk = (parent: AssetId | null, lines: readonly boolean[], place: string): void => {
    const siblings = (children.get(parent) ?? []).toSorted(
      (a, b) => a.asset.created_at_ms - b.asset.created_at_ms,
    )
    siblings.forEach((version, at) => {
      const isLast = at === siblings.length - 1
      const own = place === '' ? `${at + 1}` : `${place}.${at + 1}`
      const depth = parent === null ? 0 : lines.length + 1
      rows.push({ version, depth, lines, isLast, place: own })
      walk(version.asset.asset_id, depth === 0 ? [] : [...lines, !isLast], own)
    })
  }
  walk(null, [], '')
  return rows
}

export const idsOf = (versions: readonly ImageVersion[]): ReadonlySet<AssetId> =>
  new Set(versions.map(({ asset }) => asset.asset_id))
