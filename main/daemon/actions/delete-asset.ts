import type { AssetCollection, AssetDeletion, assetCalls } from '@contract/assets'
import type { InputOf } from '@contract/define'
import { fault } from '@contract/fault'
import type { AssetId } from '@contract/ids'
import { Failure } from '../core/failure'
import { findAsset } from './read-assets'
import type { World } from './world'

type Calls = typeof assetCalls
type Ports = Pick<World, 'store' | 'clock' | 'publish' | 'assetUpkeep'>

/** Assets that are looked at before everything else has its turn. */
const atOnce = 100

/** `assets.delete` and `assets.gc` (contract 7.6). */
export function deleteAsset(on: Ports) {
  const { store, clock, publish, assetUpkeep } = on
  return {
    /** The tombstone first, the files last; a daemon that is killed in between finishes it at its next start. */
    delete: async ({ asset_id, dry_run }: InputOf<Calls['assets.delete']>): Promise<AssetDeletion> => {
      const plan = planOf(on, asset_id, dry_run)
      if (dry_run) return plan
      if (plan.blocked) {
        const count = plan.references.filter(({ hard }) => hard).length
        const detail = `This file is still needed in ${count === 1 ? 'one place' : `${String(count)} places`}.`
        throw new Failure(fault('asset_delete_blocked', detail, { hard_reference_count: count }))
      }
      bury(on, asset_id)
      await assetUpkeep.finishBurials()
      return plan
    },

    gc: async ({ dry_run, older_than_ms }: InputOf<Calls['assets.gc']>): Promise<AssetCollection> => {
      const before = clock.now() - older_than_ms
      const old = store.assets.older(before)
      const unused = store.assets.unused(before, old)
      const assets: AssetDeletion[] = []
      for (const [at, id] of unused.entries()) {
        if (at % atOnce === 0) await clock.sleep(0)
        // Sent, deleted or added again meanwhile.
        const record = store.assets.get(id)
        if (!record || record.added_at_ms >= before) continue
        const plan = planOf(on, id, dry_run)
        if (plan.blocked) continue
        if (!dry_run) bury(on, id)
        assets.push(plan)
      }
      if (!dry_run) await assetUpkeep.finishBurials()
      const orphans = await assetUpkeep.orphans(!dry_run)
      return {
        dry_run,
        assets,
        orphan_files: orphans.files,
        orphan_bytes: orphans.bytes,
        reclaimable_bytes: assets.reduce((sum, plan) => sum + plan.reclaimable_bytes, orphans.bytes),
        skipped: old - assets.length,
      }
    },
  }

  function bury({ store, clock }: Ports, id: AssetId): void {
    for (const asset_id of store.assets.bury(id, clock.now())) publish({ type: 'asset.deleted', asset_id })
  }
}

/** Fault: `asset_not_found`. */
function planOf({ store }: Pick<Ports, 'store'>, id: AssetId, dry_run: boolean): AssetDeletion {
  const record = findAsset({ store }, id)
  const references = store.assets.references(id)
  const files = (['raw', 'text', 'preview', 'thumbnail'] as const).flatMap((role) => {
    const file = record[role]
    return file ? [{ role, sha256: file.sha256, bytes: file.byte_length }] : []
  })
  // A text and its derived text are one file.
  const own = new Map(files.map(({ sha256, bytes }) => [sha256, bytes]))
  const reclaimable = [...own].filter(([sha256]) => !store.assets.holds(sha256, id))
  return {
    asset_id: id,
    dry_run,
    blocked: references.some(({ hard }) => hard),
    reclaimable_bytes: reclaimable.reduce((sum, [, bytes]) => sum + bytes, 0),
    files: files.map(({ role, bytes }) => ({ role, bytes })),
    references,
  }
}
