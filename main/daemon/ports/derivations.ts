import type { DerivationView } from '@contract/derivations'
import type { AssetId, DerivationId, SessionId } from '@contract/ids'

export interface DerivationRecord extends DerivationView {
  readonly subject_key: string
  readonly subject_asset_id?: AssetId
}

export interface DerivationStore {
  get(id: DerivationId): DerivationRecord | undefined
  /** The one that counts. */
  preferred(cacheKey: string): DerivationRecord | undefined
  /** Newest first. */
  list(filter: { readonly subject_key?: string; readonly limit: number }): readonly DerivationRecord[]
  /** Of the same key it is the preferred one from now on. */
  add(record: DerivationRecord): void
  /** Completed records whose result asset is gone become failed; answers how many. */
  failOrphans(): number
  /** Takes away what is of a chat's inputs; answers the results, whoever else needs them. */
  removeOf(session: SessionId): readonly AssetId[]
  /** Ids of an asset's own. */
  of(asset: AssetId): readonly DerivationId[]
}

/** What others see of a record. */
export function derivationView({
  subject_key: _,
  subject_asset_id: __,
  ...view
}: DerivationRecord): DerivationView {
  return view
}
