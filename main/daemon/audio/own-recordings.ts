import type { AssetId } from '@contract/ids'
import type { Part } from '@contract/message'
import { isAutomatic } from '../core/audio/sound-formats'

/**
 * What of a person's message is written down before the model is asked (contract 10.1): recordings of the automatic
 * types, and what a microphone gave without its own text. Each once, in order.
 */
export const recordingsIn = (parts: readonly Part[]): readonly AssetId[] => [
  ...new Set(
    parts.flatMap((part) => {
      if (part.kind === 'attachment') return isAutomatic(part.asset.media_type) ? [part.asset.asset_id] : []
      const isBare =
        part.kind === 'observed' &&
        part.source_kind === 'microphone_segment' &&
        part.text_asset_id === undefined &&
        isAutomatic(part.asset.media_type)
      return isBare ? [part.asset.asset_id] : []
    }),
  ),
]
