import { isPicture } from '@contract/attached'
import type { AssetId, MessageId } from '@contract/ids'
import type { AssetRef, Part } from '@contract/message'
import { refersTo } from '@contract/refers-to'

/** Attached, or observed and given as they are. */
export const picturesOf = (parts: readonly Part[]): readonly AssetRef[] =>
  parts
    .flatMap((part) =>
      part.kind === 'attachment' || (part.kind === 'observed' && part.with_raw) ? [part.asset] : [],
    )
    .filter(isPicture)

/** A picture that a person gave or an answer showed. Null: of a turn that still waits in the queue. */
export interface EarlierPicture {
  readonly asset: AssetRef
  readonly message_id: MessageId | null
}

/** Newest first, each asset once, at the newest place where it was shown. `turns` are given oldest first. */
export function earlierPictures(
  turns: readonly { readonly message_id: MessageId | null; readonly parts: readonly Part[] }[],
): readonly EarlierPicture[] {
  const found = new Map<AssetId, EarlierPicture>()
  for (const { message_id, parts } of turns.toReversed()) {
    for (const asset of picturesOf(parts).toReversed()) {
      if (!found.has(asset.asset_id)) found.set(asset.asset_id, { asset, message_id })
    }
  }
  return [...found.values()]
}

/**
 * The earlier pictures that travel again (contract 8: context media budget): those that were chosen, else those the
 * text names. A chosen one that is not on the path (another version of the chat is shown by now) is passed over, and
 * so is what the new turn shows itself.
 */
export function pinPictures(
  earlier: readonly EarlierPicture[],
  turn: readonly Part[],
  chosen: readonly AssetId[] | undefined,
): readonly AssetId[] {
  const shown = new Set(picturesOf(turn).map((asset) => asset.asset_id))
  const texts = turn.flatMap((part) => (part.kind === 'text' ? [part.text] : []))
  const isMeant = (asset: AssetRef) =>
    chosen ? chosen.includes(asset.asset_id) : texts.some((text) => refersTo(text, asset))
  return earlier.flatMap(({ asset }) =>
    !shown.has(asset.asset_id) && isMeant(asset) ? [asset.asset_id] : [],
  )
}
