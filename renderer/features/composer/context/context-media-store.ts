import type { AssetId, MessageId, SessionId } from '@contract/ids'
import { refersTo } from '@contract/refers-to'
import type { ContextMedia } from '@contract/sessions'
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { RendererClient } from '../../../client/client'

export interface ContextMediaState {
  readonly sessionId: SessionId | null
  /** Counts what is written: another number, another message or chat. */
  readonly turn: number
  /** Pictures of earlier turns, newest first. */
  readonly media: readonly ContextMedia[]
  /** What the person has decided by hand for the next message. */
  readonly chosen: ReadonlyMap<AssetId, boolean>
}

export interface ContextMediaStore extends StoreApi<ContextMediaState> {
  /** Another chat forgets what was chosen; another model or message only asks for new figures. */
  ask(
    sessionId: SessionId | null,
    choice: { readonly provider: string; readonly model: string } | null,
    /** The message that is written anew: what came after it is not earlier. */
    replaces?: MessageId,
  ): Promise<void>
  choose(id: AssetId, travels: boolean): void
  /** A message has taken what was chosen; on a fault it comes back with `choose`. */
  reset(chosen?: ReadonlyMap<AssetId, boolean>): void
}

const nothing: ReadonlyMap<AssetId, boolean> = new Map()

export function createContextMediaStore(client: RendererClient): ContextMediaStore {
  const store = createStore<ContextMediaState>(() => ({
    sessionId: null,
    turn: 0,
    media: [],
    chosen: nothing,
  }))
  let newest = 0
  return Object.assign(store, {
    async ask(
      sessionId: SessionId | null,
      choice: { readonly provider: string; readonly model: string } | null,
      replaces?: MessageId,
    ) {
      newest += 1
      const mine = newest
      const { sessionId: before, turn } = store.getState()
      if (before !== sessionId) store.setState({ sessionId, turn: turn + 1, media: [], chosen: nothing })
      if (sessionId === null) return
      const answer = await client.ask['sessions.contextMedia']({
        session_id: sessionId,
        ...choice,
        ...(replaces === undefined ? {} : { replaces }),
      })
      if (mine === newest) store.setState({ media: answer.ok ? answer.value.media : [] })
    },
    choose: (id: AssetId, travels: boolean) =>
      store.setState(({ chosen }) => ({ chosen: new Map(chosen).set(id, travels) })),
    reset: (chosen: ReadonlyMap<AssetId, boolean> = nothing) =>
      store.setState(({ turn }) => ({ chosen, turn: turn + 1 })),
  })
}

/** Whether a picture travels: as the person said, else when the words refer to it. */
const travels = (
  { asset }: Pick<ContextMedia, 'asset'>,
  text: string,
  chosen: ReadonlyMap<AssetId, boolean>,
): boolean => chosen.get(asset.asset_id) ?? refersTo(text, asset)

/** Those that travel; asked once for each word that is typed. */
export const goingOf = (
  { media, chosen }: Pick<ContextMediaState, 'media' | 'chosen'>,
  text: string,
): ReadonlySet<AssetId> =>
  new Set(media.filter((each) => travels(each, text, chosen)).map(({ asset }) => asset.asset_id))

/** What the request says of earlier pictures; undefined leaves it to the words. */
export function contextAssets(
  state: Pick<ContextMediaState, 'media' | 'chosen'>,
  text: string,
): readonly AssetId[] | undefined {
  return state.chosen.size === 0 ? undefined : [...goingOf(state, text)]
}

/** Bytes of the request, and US dollars where every price is known. */
export function totalOf(media: readonly ContextMedia[]): { readonly bytes: number; readonly usd?: number } {
  const bytes = media.reduce((sum, { wire_bytes }) => sum + wire_bytes, 0)
  const costs = media.flatMap(({ cost_usd }) => (cost_usd === undefined ? [] : [cost_usd]))
  const isKnown = costs.length === media.length
  return { bytes, ...(isKnown ? { usd: costs.reduce((sum, usd) => sum + usd, 0) } : {}) }
}
