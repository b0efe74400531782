import type { AssetGraph, AssetView } from '@contract/assets'
import type { AnyEvent } from '@contract/events'
import type { Fault } from '@contract/fault'
import type { AssetId } from '@contract/ids'
import type { Message } from '@contract/message'
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { RendererClient } from '../../client/client'

export interface AssetPageState {
  /** Stays until the next one is known: nothing flickers. */
  readonly asset: AssetView | null
  readonly graph: AssetGraph | null
  readonly text: { readonly text: string; readonly is_cut: boolean } | null
  readonly fault: Fault | null
  /** The words that pictures were asked for with, by run, as far as their chats are there. */
  readonly prompts: ReadonlyMap<string, string>
}

export interface AssetPageActions {
  show(id: AssetId): Promise<void>
  hear(event: AnyEvent): void
}

export type AssetPageStore = StoreApi<AssetPageState> & AssetPageActions

/** Characters of a document that its page shows. */
const shownText = 4_000

/** Everything the page of one asset says, kept right by events. */
export function createAssetPage(client: RendererClient): AssetPageStore {
  const store = createStore<AssetPageState>(() => ({
    asset: null,
    graph: null,
    text: null,
    fault: null,
    prompts: new Map(),
  }))
  let shown: AssetId | null = null

  async function show(id: AssetId): Promise<void> {
    shown = id
    const [asset, graph] = await Promise.all([
      client.ask['assets.get']({ asset_id: id }),
      client.ask['assets.graph']({ asset_id: id }),
    ])
    if (shown !== id) return
    if (!asset.ok) return store.setState({ asset: null, graph: null, text: null, fault: asset.fault })
    const isOther = store.getState().asset?.asset_id !== id
    store.setState({
      asset: asset.value,
      graph: graph.ok ? graph.value : null,
      fault: null,
      ...(isOther ? { text: null } : {}),
    })
    if (asset.value.kind === 'image' && asset.value.provenance.length > 0) await readPrompts(id)
    if (asset.value.text_uri === undefined || asset.value.is_quarantined) return
    const text = await client.ask['assets.text']({ asset_id: id, limit: shownText })
    if (shown === id && text.ok) store.setState({ text: text.value })
  }

  async function readPrompts(id: AssetId): Promise<void> {
    const tree = await client.ask['images.versions']({ asset_id: id })
    if (shown !== id || !tree.ok) return
    const own = tree.value.versions.filter(({ asset }) => asset.asset_id === id)
    const known = own.flatMap(({ run_id, prompt }) => (run_id && prompt ? [[run_id, prompt] as const] : []))
    store.setState({ prompts: new Map(known) })
  }

  return Object.assign(store, {
    show,
    hear(event: AnyEvent) {
      const { graph } = store.getState()
      if (shown === null || !concerns(event, shown, graph)) return
      void show(shown)
    },
  })
}

function concerns(event: AnyEvent, id: AssetId, graph: AssetGraph | null): boolean {
  switch (event.type) {
    case 'asset.added':
    case 'asset.changed':
      return (
        event.asset.asset_id === id ||
        event.asset.provenance.some(({ source_assets }) =>
          source_assets.some(({ asset_id }) => asset_id === id),
        )
      )
    case 'asset.deleted':
      return [...(graph?.made_from ?? []), ...(graph?.made_into ?? [])].some(
        ({ asset_id }) => asset_id === event.asset_id,
      )
    case 'message.added':
      return holds(event.message, id)
    case 'run.ended':
      return event.message !== null && holds(event.message, id)
    case 'session.deleted':
      return graph?.used_in.some(({ session_id }) => session_id === event.session_id) ?? false
    default:
      return false
  }
}

const holds = (message: Message, id: AssetId): boolean =>
  message.parts.some((part) => part.kind === 'attachment' && part.asset.asset_id === id)
