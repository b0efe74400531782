import type { AssetRow } from '@contract/assets'
import type { AnyEvent } from '@contract/events'
import type { AssetId, SessionId } from '@contract/ids'
import type { Message } from '@contract/message'
import { createStore } from 'zustand/vanilla'
import type { RendererClient } from '../../client/client'
import { addPage, dropAsset, placeAsset, renewTop } from './asset-order'
import { belongs, isPlain, type LibraryFilter, listInput, noFilter } from './library-filter'
import type { LibraryState, LibraryStore } from './library-store'

const pages = { first: 100, next: 400 } as const

const begin: LibraryState = {
  phase: 'idle',
  fault: null,
  filter: noFilter,
  rows: [],
  total: 0,
  hasMore: false,
  opened: null,
  selected: new Set(),
  anchor: null,
  cursor: null,
}

/** The list of the library: loaded by pages, kept right by events; what events can't tell is asked for once. */
export function createLibraryStore(client: RendererClient, now: () => number = Date.now): LibraryStore {
  const store = createStore<LibraryState>(() => begin)
  const { getState, setState } = store
  let generation = 0
  let more: Promise<void> | null = null
  /** A look at the top is on its way; `again`: something has happened since. */
  let looking: 'no' | 'once' | 'again' = 'no'

  const ask = (limit: number, last?: AssetRow) =>
    client.ask['assets.list']({
      ...listInput(getState().filter, now()),
      limit,
      ...(last ? { before: { created_at_ms: last.created_at_ms, asset_id: last.asset_id } } : {}),
    })

  async function load(): Promise<void> {
    const mine = ++generation
    setState({ phase: 'loading', fault: null })
    const answer = await ask(pages.first)
    if (mine !== generation) return
    if (!answer.ok) return setState({ phase: 'failed', fault: answer.fault, rows: [], total: 0 })
    const { assets, total, has_more } = answer.value
    setState({ phase: 'ready', rows: assets, total, hasMore: has_more })
  }

  /** Asks for the top again without taking anything out of view. */
  async function lookAgain(): Promise<void> {
    if (looking !== 'no') return void (looking = 'again')
    looking = 'once'
    const mine = generation
    const answer = await ask(pages.first)
    const isStale = (looking as string) === 'again'
    looking = 'no'
    if (isStale) return lookAgain()
    if (mine !== generation || !answer.ok) return
    const { assets, total, has_more } = answer.value
    setState(({ rows, hasMore, filter }) => ({
      rows: renewTop(rows, assets, filter.order, has_more),
      total,
      hasMore: has_more && (hasMore || rows.length <= assets.length),
    }))
  }

  async function next(): Promise<void> {
    const { rows, hasMore, phase } = getState()
    if (!hasMore || phase !== 'ready') return
    const mine = generation
    const answer = await ask(pages.next, rows.at(-1))
    if (mine !== generation || !answer.ok) return
    const { assets, total, has_more } = answer.value
    setState((state) => ({ rows: addPage(state.rows, assets), total, hasMore: has_more }))
  }

  function hearAdded(asset: AssetRow): void {
    const { filter, phase, rows, hasMore } = getState()
    if (!isPlain(filter) || phase === 'loading') return void lookAgain()
    if (!belongs(filter, asset, now()) || rows.some(({ asset_id }) => asset_id === asset.asset_id)) return
    setState(({ total }) => ({ rows: placeAsset(rows, asset, filter.order, hasMore), total: total + 1 }))
  }

  function hearDeleted(id: AssetId): void {
    setState(({ rows, total, opened, selected, hasMore, cursor }) => {
      const left = dropAsset(rows, id)
      const at = rows.findIndex(({ asset_id }) => asset_id === id)
      if (left === rows && hasMore) void lookAgain()
      return {
        rows: left,
        total: left === rows ? total : total - 1,
        opened: opened === id ? null : opened,
        selected: selected.has(id) ? new Set([...selected].filter((each) => each !== id)) : selected,
        cursor: cursor === id ? ((left[at] ?? left.at(-1))?.asset_id ?? null) : cursor,
      }
    })
  }

  /** A file comes into a chat when a message that holds it does. */
  function hearMessage({ session_id, parts }: Message): void {
    const isOfChat = session_id === getState().filter.session_id
    if (isOfChat && parts.some(({ kind }) => kind === 'attachment')) void lookAgain()
  }

  return Object.assign(store, {
    async enter(session: SessionId | null) {
      const { filter, phase } = getState()
      if (filter.session_id !== null && filter.session_id !== session) {
        setState({ filter: { ...filter, session_id: session } })
        return load()
      }
      await (phase === 'ready' ? lookAgain() : load())
    },
    load,
    loadMore: () => (more ??= next().finally(() => (more = null))),
    async narrow(change: Partial<LibraryFilter>) {
      setState(({ filter }) => ({
        filter: { ...filter, ...change },
        selected: begin.selected,
        anchor: null,
        cursor: null,
      }))
      await load()
    },
    open: (id: AssetId | null) =>
      setState(({ cursor }) => ({ opened: id, cursor: id ?? cursor, ...(id ? { anchor: id } : {}) })),
    point: (id: AssetId) => setState({ cursor: id }),
    select(id: AssetId, stretch: boolean) {
      setState(({ rows, selected, anchor }) => {
        const ids = rows.map(({ asset_id }) => asset_id)
        const [from, to] = [anchor === null ? -1 : ids.indexOf(anchor), ids.indexOf(id)].sort((a, b) => a - b)
        if (stretch && from !== undefined && from >= 0 && to !== undefined)
          return { selected: new Set([...selected, ...ids.slice(from, to + 1)]) }
        const chosen = new Set(selected)
        if (!chosen.delete(id)) chosen.add(id)
        return { selected: chosen, anchor: id }
      })
    },
    unselect: () => setState({ selected: begin.selected }),
    back() {
      const { opened, selected } = getState()
      if (selected.size > 0) setState({ selected: begin.selected })
      else if (opened !== null) setState({ opened: null })
      else return false
      return true
    },
    forget() {
      generation++
      setState(begin)
    },
    hear(event: AnyEvent) {
      if (getState().phase === 'idle') return
      if (event.type === 'asset.added') hearAdded(event.asset)
      else if (event.type === 'asset.deleted') hearDeleted(event.asset_id)
      else if (event.type === 'asset.changed')
        setState(({ rows, filter }) => ({
          rows: rows.some(({ asset_id }) => asset_id === event.asset.asset_id)
            ? placeAsset(rows, event.asset, filter.order, true)
            : rows,
        }))
      else if (event.type === 'message.added') hearMessage(event.message)
      else if (event.type === 'run.ended' && event.message !== null) hearMessage(event.message)
    },
  })
}
