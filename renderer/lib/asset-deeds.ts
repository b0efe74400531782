import type { AssetId } from '@contract/ids'

/** What can be done with a file outside of this window. */
export interface AssetDeeds {
  readonly onSave: (id: AssetId) => Promise<void>
  /** Pictures only. */
  readonly onCopy: (id: AssetId) => Promise<void>
  readonly onOpenWith: (id: AssetId) => Promise<void>
}
