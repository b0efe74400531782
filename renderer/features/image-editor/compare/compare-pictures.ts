import type { AssetId } from '@contract/ids'
import type { ImageVersion } from '@contract/images'

export const compareWays = ['slider', 'side', 'after'] as const
export type CompareWay = (typeof compareWays)[number]

export interface Compared {
  readonly before: ImageVersion
  readonly after: ImageVersion
}

/** What a result is held against: what it was made from; the root of a tree against the source. */
export function comparedOf(
  versions: readonly ImageVersion[],
  result: AssetId | null,
  source: AssetId | undefined,
): Compared | null {
  const find = (id: AssetId | null | undefined): ImageVersion | undefined =>
    versions.find((version) => version.asset.asset_id === id)
  const after = find(result)
  const before = after && (find(after.parent_id) ?? find(source))
  return after && before ? { before, after } : null
}
