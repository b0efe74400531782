import type { AnyEvent } from '@contract/events'
import type { Fault } from '@contract/fault'
import type { Catalogue } from '@contract/models'
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { RendererClient } from '../../client/client'
import { indexModels, type ModelIndex } from './model-index'

export interface ModelState {
  readonly index: ModelIndex
  /** The oldest refresh of the routes; null when one was never fetched. */
  readonly refreshedAtMs: number | null
  readonly isRefreshing: boolean
  /** Why the last refresh failed; the list stays. */
  readonly fault: Fault | null
}

export interface ModelStore extends StoreApi<ModelState> {
  /** Reads the stored catalogues of these routes, without the network. */
  load(routes: readonly string[]): Promise<void>
  refresh(): Promise<void>
  hear(event: AnyEvent): void
}

/** The catalogues as the picker needs them: indexed once per change, not per key press. */
export function createModelStore(client: RendererClient): ModelStore {
  const catalogues = new Map<string, Catalogue>()
  const store = createStore<ModelState>(() => ({
    index: indexModels([]),
    refreshedAtMs: null,
    isRefreshing: false,
    fault: null,
  }))

  function show(): void {
    const all = [...catalogues]
    const times = all.map(([, catalogue]) => catalogue.refreshed_at_ms)
    store.setState({
      index: indexModels(all.map(([provider, { models }]) => ({ provider, models }))),
      refreshedAtMs: times.reduce(
        (oldest, time) => (oldest === null || time === null ? null : Math.min(oldest, time)),
        times[0] ?? null,
      ),
      isRefreshing: all.some(([, catalogue]) => catalogue.refreshing),
    })
  }

  async function read(route: string): Promise<void> {
    const answer = await client.ask['models.list']({ provider: route })
    if (answer.ok) catalogues.set(route, answer.value)
    else store.setState({ fault: answer.fault })
  }

  return Object.assign(store, {
    async load(routes: readonly string[]) {
      for (const route of catalogues.keys()) if (!routes.includes(route)) catalogues.delete(route)
      await Promise.all(routes.map(read))
      show()
    },
    async refresh() {
      store.setState({ isRefreshing: true, fault: null })
      for (const route of catalogues.keys()) {
        const answer = await client.ask['models.refresh']({ provider: route })
        if (answer.ok) catalogues.set(route, answer.value)
        else store.setState({ fault: answer.fault })
      }
      show()
    },
    hear(event: AnyEvent) {
      if (event.type !== 'models.changed' || !catalogues.has(event.route_id)) return
      store.setState({ fault: event.fault ?? null })
      void read(event.route_id).then(show)
    },
  })
}
