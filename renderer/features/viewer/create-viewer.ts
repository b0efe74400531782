import type { AssetView } from '@contract/assets'
import type { AnyEvent } from '@contract/events'
import type { Fault } from '@contract/fault'
import type { AssetId } from '@contract/ids'
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { RendererClient } from '../../client/client'

/** What is known of one asset of the list. */
export type Viewed =
  | { readonly is: 'known'; readonly asset: AssetView; readonly text: ViewedText | null }
  | { readonly is: 'failed'; readonly fault: Fault }

export interface ViewedText {
  readonly text: string
  readonly is_cut: boolean
}

export interface ViewerState {
  readonly known: ReadonlyMap<AssetId, Viewed>
}

export interface ViewerActions {
  /** Asks for this one and then for its neighbours, each once. */
  show(ids: readonly AssetId[], index: number): Promise<void>
  /** Once more, after a fault. */
  retry(id: AssetId): Promise<void>
  hear(event: AnyEvent): void
}

export type Viewer = StoreApi<ViewerState> & ViewerActions

/** Characters of a document that are shown. */
const shownText = 200_000

/** The assets that lie under the loupe. */
export function createViewer(client: RendererClient): Viewer {
  const store = createStore<ViewerState>(() => ({ known: new Map() }))
  const asked = new Set<AssetId>()
  const put = (id: AssetId, viewed: Viewed): void =>
    store.setState(({ known }) => ({ known: new Map([...known, [id, viewed]]) }))

  async function look(id: AssetId): Promise<void> {
    if (asked.has(id)) return
    asked.add(id)
    const answer = await client.ask['assets.get']({ asset_id: id })
    if (!answer.ok) {
      asked.delete(id)
      return put(id, { is: 'failed', fault: answer.fault })
    }
    const asset = answer.value
    put(id, { is: 'known', asset, text: null })
    if (asset.text_uri === undefined || asset.is_quarantined) return
    const text = await client.ask['assets.text']({ asset_id: id, limit: shownText })
    if (text.ok) put(id, { is: 'known', asset, text: text.value })
  }

  return Object.assign(store, {
    async show(ids: readonly AssetId[], index: number) {
      const [here, ...beside] = [ids[index], ids[index + 1], ids[index - 1]].filter((id) => id !== undefined)
      if (here) await look(here)
      await Promise.all(beside.map(look))
    },
    async retry(id: AssetId) {
      asked.delete(id)
      await look(id)
    },
    hear(event: AnyEvent) {
      if (event.type !== 'asset.changed') return
      const { asset } = event
      const before = store.getState().known.get(asset.asset_id)
      if (before)
        put(asset.asset_id, { is: 'known', asset, text: before.is === 'known' ? before.text : null })
    },
  })
}
