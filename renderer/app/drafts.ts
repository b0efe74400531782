import type { FaultCode } from '@contract/fault'
import type { AssetId, SessionId } from '@contract/ids'
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { RendererClient } from '../client/client'

/** What was being written in each chat that was looked at; the key of a chat to come is empty. */
export interface Drafts extends StoreApi<{ readonly texts: ReadonlyMap<string, string> }> {
  read(id: SessionId | null, stored: string | undefined): string
  write(id: SessionId | null, text: string): void
  /** What is attached, in order. `stored`: the text that the daemon has with it, where the window has none. */
  attach(id: SessionId | null, assets: readonly AssetId[], stored: string | undefined): void
  /** What was attached to the chat to come when the window was last open. */
  attachedToNew(): readonly AssetId[]
  /** Sends what is still waiting, for instance before the window goes. */
  flush(): void
  /** Another daemon: its chats have other drafts, and what is begun in the demo stays there. */
  forget(whose: 'own' | 'demo'): void
}

const delayMs = 400
/** Until a draft that could not be kept is sent again. */
export const againMs = 5_000
const attachedKey = (key: string): string => `${key}.attachments`
const newChatKeys = { own: 'kheish.new-chat-draft', demo: 'kheish.new-chat-draft.demo' } as const

/** Asking again would be refused again. */
const vain: ReadonlySet<FaultCode> = new Set(['session_not_found', 'call_refused'])

/** The daemon keeps drafts of chats; the one of a chat that does not exist yet stays in the window's own storage. */
export function createDrafts(
  client: RendererClient,
  storage: Pick<Storage, 'getItem' | 'setItem'> = window.localStorage,
): Drafts {
  let newChatKey: string = newChatKeys.own
  const begin = (): ReadonlyMap<string, string> => new Map([['', storage.getItem(newChatKey) ?? '']])
  const store = createStore<{ readonly texts: ReadonlyMap<string, string> }>(() => ({ texts: begin() }))
  const waiting = new Map<SessionId, ReturnType<typeof setTimeout>>()
  const attached = new Map<SessionId, readonly AssetId[]>()

  const sendSoon = (id: SessionId, afterMs: number): void => {
    clearTimeout(waiting.get(id))
    waiting.set(
      id,
      setTimeout(() => send(id), afterMs),
    )
  }

  const send = (id: SessionId): void => {
    clearTimeout(waiting.get(id))
    waiting.delete(id)
    const draft = store.getState().texts.get(id) ?? ''
    const assets = attached.get(id)
    const attachments = assets ? { attachments: [...assets] } : {}
    const asked = newChatKey
    void client.ask['sessions.saveDraft']({ session_id: id, draft, ...attachments }).then((answer) => {
      if (answer.ok || vain.has(answer.fault.code)) return
      // What was written since is sent by itself; what belongs to another daemon is not its business.
      const isSame = store.getState().texts.get(id) === draft && attached.get(id) === assets
      if (isSame && !waiting.has(id) && newChatKey === asked) sendSoon(id, againMs)
    })
  }

  return Object.assign(store, {
    read: (id: SessionId | null, stored: string | undefined) =>
      store.getState().texts.get(id ?? '') ?? stored ?? '',
    write(id: SessionId | null, text: string) {
      store.setState(({ texts }) => ({ texts: new Map(texts).set(id ?? '', text) }))
      if (id === null) return storage.setItem(newChatKey, text)
      // An emptied box was sent: a draft that comes back after a restart would be a second message.
      if (text === '') send(id)
      else sendSoon(id, delayMs)
    },
    attach(id: SessionId | null, assets: readonly AssetId[], stored: string | undefined) {
      if (id === null) return storage.setItem(attachedKey(newChatKey), JSON.stringify(assets))
      attached.set(id, assets)
      // The two are saved together: without its text a draft would be emptied.
      if (!store.getState().texts.has(id))
        store.setState(({ texts }) => ({ texts: new Map(texts).set(id, stored ?? '') }))
      // As with the text: what was sent is not to come back.
      if (assets.length === 0) send(id)
      else sendSoon(id, delayMs)
    },
    attachedToNew: () => idsIn(storage.getItem(attachedKey(newChatKey))),
    flush: () => [...waiting.keys()].forEach(send),
    forget(whose: 'own' | 'demo') {
      waiting.forEach((timer) => clearTimeout(timer))
      waiting.clear()
      attached.clear()
      newChatKey = newChatKeys[whose]
      store.setState({ texts: begin() })
    },
  })
}

/** Whatever stands there by now; no reason not to start. */
function idsIn(text: string | null): readonly AssetId[] {
  try {
    const read: unknown = JSON.parse(text ?? '[]')
    return Array.isArray(read) ? read.filter((id): id is AssetId => typeof id === 'string') : []
  } catch {
    return []
  }
}
