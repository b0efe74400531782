import type { AssetId } from '@contract/ids'
import type { AssetView } from '@contract/assets'
import { assetNotFound } from '../../core/assets/asset-not-found'
import { checkSources } from '../../core/images/check-sources'
import type { PictureBytes } from '../../ports/regions'
import type { ImagePorts } from './image-ports'

/** A picture that an edit starts from, its bytes checked against its digest. */
export interface Source extends PictureBytes, Pick<AssetView, 'asset_id' | 'sha256'> {}

/** Faults: `asset_not_found`, `asset_integrity_mismatch`, `unsupported_media_type`, `image_order_invalid`. */
export async function readSources(
  { store, contents }: Pick<ImagePorts, 'store' | 'contents'>,
  ids: readonly AssetId[],
): Promise<readonly Source[]> {
  const views = ids.map((id) => {
    const found = store.assets.get(id)
    if (found) return found.view
    throw assetNotFound()
  })
  checkSources(views)
  const sources: Source[] = []
  for (const { asset_id, media_type, sha256 } of views) {
    sources.push({ asset_id, media_type, sha256, bytes: await contents.bytes(asset_id) })
  }
  return sources
}
