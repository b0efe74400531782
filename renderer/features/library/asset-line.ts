import type { AssetRow } from '@contract/assets'
import { formatBytes, formatDuration } from '../../lib/format'
import { mediaName } from '../../lib/media-names'

/** What stands under a name in the grid: what matters most of this kind, then the size. */
export function assetLine(asset: AssetRow, locale: string): string {
  const first =
    asset.width !== undefined && asset.height !== undefined
      ? `${asset.width} × ${asset.height}`
      : asset.duration_ms !== undefined
        ? formatDuration(asset.duration_ms, locale)
        : mediaName(asset.media_type)
  return `${first} · ${formatBytes(asset.byte_length, locale)}`
}
