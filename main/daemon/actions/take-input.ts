import { fault } from '@contract/fault'
import type { AssetId } from '@contract/ids'
import type { Part } from '@contract/message'
import { assetNotFound } from '../core/assets/asset-not-found'
import { Failure } from '../core/failure'
import type { GivenPart } from '../core/runs/input'
import type { World } from './world'

/** Whether something has to be imported before the run can be stored. */
export const hasInline = (given: readonly GivenPart[]): boolean =>
  given.some((part) => part.kind === 'inline')

/** Imports what came along, in order; what is left refers to assets. Faults as of `assets.import`. */
export async function importInline(
  { assets }: Pick<World, 'assets'>,
  given: readonly GivenPart[],
): Promise<readonly GivenPart[]> {
  const taken: GivenPart[] = []
  for (const part of given) {
    if (part.kind !== 'inline') taken.push(part)
    else {
      const { file_name, media_type, content_base64 } = part
      const { asset_id } = await assets.import({
        file_name,
        ...(media_type === undefined ? {} : { media_type }),
        bytes: Buffer.from(content_base64, 'base64'),
      })
      taken.push({ kind: 'asset', asset_id })
    }
  }
  return taken
}

/**
 * The parts of a message, holding references only; what is still to be imported is left out.
 * Faults: `asset_not_found`, `asset_integrity_mismatch` (its bytes are quarantined).
 */
export const partsOf = (on: Pick<World, 'store'>, given: readonly GivenPart[]): readonly Part[] =>
  given.flatMap((part): readonly Part[] => {
    if (part.kind === 'inline') return []
    return [part.kind === 'text' ? part : attach(on, part.asset_id)]
  })

function attach({ store }: Pick<World, 'store'>, id: AssetId): Part {
  const asset = store.assets.ref(id)
  if (!asset) throw assetNotFound()
  if (store.assets.get(id)?.view.is_quarantined) {
    const detail = `${asset.file_name} is no longer what was added, so it is not sent. Add it again.`
    throw new Failure(fault('asset_integrity_mismatch', detail))
  }
  return { kind: 'attachment', asset }
}
