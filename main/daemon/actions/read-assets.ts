import type { AssetGraph, AssetReferences, AssetView, assetCalls } from '@contract/assets'
import type { InputOf, OutputOf } from '@contract/define'
import { fault } from '@contract/fault'
import type { AssetId } from '@contract/ids'
import { assetNotFound } from '../core/assets/asset-not-found'
import { Failure } from '../core/failure'
import type { AssetRecord } from '../ports/asset-store'
import type { World } from './world'

type Calls = typeof assetCalls

/** Fault: `asset_not_found`. */
export function findAsset({ store }: Pick<World, 'store'>, id: AssetId): AssetRecord {
  const record = store.assets.get(id)
  if (record) return record
  throw assetNotFound()
}

/** What there is, and who needs it (contract 7.1, 7.6). */
export function readAssets({ store, contents }: Pick<World, 'store' | 'contents'>) {
  return {
    get: ({ asset_id }: InputOf<Calls['assets.get']>): AssetView => findAsset({ store }, asset_id).view,

    list: (query: InputOf<Calls['assets.list']>): OutputOf<Calls['assets.list']> => store.assets.list(query),

    /** Fault: `asset_not_found`, also where no text is derived. */
    text: async ({
      asset_id,
      limit,
    }: InputOf<Calls['assets.text']>): Promise<OutputOf<Calls['assets.text']>> => {
      const { view } = findAsset({ store }, asset_id)
      const text = await contents.text(asset_id)
      if (text === undefined)
        throw new Failure(fault('asset_not_found', 'There is no text to show of this file.'))
      const is_cut = view.is_text_cut === true || text.length > limit
      return { text: cutWhole(text, limit), is_cut }
    },

    references: ({ asset_id }: InputOf<Calls['assets.references']>): AssetReferences => {
      findAsset({ store }, asset_id)
      const references = store.assets.references(asset_id)
      const hard = references.filter((reference) => reference.hard).length
      return {
        asset_id,
        hard_reference_count: hard,
        soft_reference_count: references.length - hard,
        references,
      }
    },

    graph: ({ asset_id }: InputOf<Calls['assets.graph']>): AssetGraph => {
      findAsset({ store }, asset_id)
      return { asset_id, ...store.assets.graph(asset_id) }
    },
  }
}

/** Never within a character. */
function cutWhole(text: string, limit: number): string {
  const cut = text.slice(0, limit)
  return cut.length < text.length && /[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1) : cut
}
