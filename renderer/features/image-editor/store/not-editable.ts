import type { AssetView } from '@contract/assets'
import { fault, type Fault } from '@contract/fault'

/** Why it can't be edited; null: it can. */
export const notEditable = ({ kind, is_quarantined }: AssetView): Fault | null =>
  is_quarantined
    ? fault('asset_integrity_mismatch', 'The stored picture is missing or was changed.')
    : kind === 'image'
      ? null
      : fault('unsupported_media_type', 'Only pictures can be edited.', {})
