import type { AssetId } from '@contract/ids'
import type { ObservationView } from '@contract/observations'
import type { Clock } from '../ports/clock'
import type { Store } from '../ports/store'

/**
 * Takes away the recording and the text of a capture that is purged, and what was derived of them, unless somebody else
 * has them; call it inside the transaction that purges. `receivedLast`: when these bytes were captured last. Answers the
 * assets that went.
 */
export function releaseCapture(
  { store, clock }: { readonly store: Store; readonly clock: Clock },
  { asset_id, canonical_text_asset_id: text }: Pick<ObservationView, 'asset_id' | 'canonical_text_asset_id'>,
  receivedLast = store.observations.receivedLast(asset_id),
): readonly AssetId[] {
  const record = store.assets.get(asset_id)
  // Given once more since then, or where nothing says when, since it was made: somebody wants it for its own sake.
  const isOthers = record !== undefined && record.added_at_ms > (receivedLast ?? record.view.created_at_ms)
  const isHeld = store.assets.references(asset_id).some(({ hard }) => hard)
  const at = clock.now()
  return [
    ...(isOthers || isHeld ? [] : store.assets.bury(asset_id, at)),
    ...(text === undefined ? [] : store.assets.release(text, at)),
  ]
}
