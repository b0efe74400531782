import type { AssetId } from '@contract/ids'
import type { AssetRef } from '@contract/message'
import { Failure } from '../failure'
import { orderInvalid } from './check-order'

const refuse = (detail: string) => new Failure(orderInvalid('image_asset_ids', detail))

/**
 * What an edit starts from (contract 9.3). Nothing said: the one picture of the person's current turn. An empty list
 * or null infers nothing. `turn`: the pictures of that turn; undefined where nobody's turn started this.
 */
export function inferSources(
  given: readonly AssetId[] | null | undefined,
  turn: readonly AssetRef[] | undefined,
): readonly AssetId[] {
  if (given === null || given?.length === 0)
    throw refuse('Name at least one picture in image_asset_ids, by its asset id.')
  if (given) return given
  if (!turn)
    throw refuse('Nobody has just shown a picture: name the one to edit in image_asset_ids, by its asset id.')
  const shown = [...new Set(turn.map((asset) => asset.asset_id))]
  const [only, ...others] = shown
  if (only === undefined)
    throw refuse('The message shows no picture: name the one to edit in image_asset_ids, by its asset id.')
  if (others.length > 0)
    throw refuse(
      `The message shows several pictures (${shown.join(', ')}): say in image_asset_ids which to edit.`,
    )
  return [only]
}
