import type { AssetDeletion, AssetRow } from '@contract/assets'
import type { Fault } from '@contract/fault'
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { RendererClient } from '../../client/client'

type Named = Pick<AssetRow, 'asset_id' | 'file_name'>

/** What is known before anything goes: each asset with what the daemon would do (contract 7.6). */
export interface DeletionPlan {
  readonly free: readonly { readonly asset: Named; readonly plan: AssetDeletion }[]
  readonly held: readonly { readonly asset: Named; readonly plan: AssetDeletion }[]
  /** Of those that can go. */
  readonly reclaimable_bytes: number
}

export interface DeletionState {
  readonly plan: DeletionPlan | null
  readonly isBusy: boolean
}

export interface DeletionActions {
  /** A dry run for each. A fault of any is answered, and nothing is asked. */
  ask(assets: readonly Named[]): Promise<Fault | null>
  /** Deletes what is free of the plan that was shown. Those that became needed in between make a new plan. */
  confirm(
    shown: DeletionPlan,
  ): Promise<{ readonly count: number; readonly bytes: number; readonly fault: Fault | null }>
  close(): void
}

export type Deletion = StoreApi<DeletionState> & DeletionActions

/** Dry runs of a selection that are asked for together. */
const atOnce = 8

/** Deleting in two steps: what would happen, then the deed. */
export function createDeletion(client: RendererClient): Deletion {
  const store = createStore<DeletionState>(() => ({ plan: null, isBusy: false }))

  async function ask(assets: readonly Named[]): Promise<Fault | null> {
    const known: { asset: Named; plan: AssetDeletion }[] = []
    for (let from = 0; from < assets.length; from += atOnce) {
      const some = assets.slice(from, from + atOnce)
      const answers = await Promise.all(
        some.map(({ asset_id }) => client.ask['assets.delete']({ asset_id, dry_run: true })),
      )
      for (const [at, asset] of some.entries()) {
        const answer = answers[at]
        if (answer?.ok) known.push({ asset, plan: answer.value })
        // Gone already: somebody else did it.
        else if (answer && (answer.fault.code !== 'asset_not_found' || assets.length === 1))
          return answer.fault
      }
    }
    const free = known.filter(({ plan }) => !plan.blocked)
    store.setState({
      plan: {
        free,
        held: known.filter(({ plan }) => plan.blocked),
        reclaimable_bytes: free.reduce((sum, { plan }) => sum + plan.reclaimable_bytes, 0),
      },
    })
    return null
  }

  return Object.assign(store, {
    ask,
    async confirm({ free }: DeletionPlan) {
      store.setState({ isBusy: true })
      const held: Named[] = []
      let count = 0
      let bytes = 0
      let fault: Fault | null = null
      for (const { asset } of free) {
        const answer = await client.ask['assets.delete']({ asset_id: asset.asset_id, dry_run: false })
        if (answer.ok) {
          count++
          bytes += answer.value.reclaimable_bytes
        } else if (answer.fault.code === 'asset_delete_blocked') held.push(asset)
        else if (answer.fault.code !== 'asset_not_found') fault = answer.fault
      }
      store.setState({ plan: null, isBusy: false })
      if (held.length > 0) fault = (await ask(held)) ?? fault
      return { count, bytes, fault }
    },
    close: () => store.setState({ plan: null }),
  })
}
