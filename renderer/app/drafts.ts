import type { SessionId } from '@contract/ids'
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { RendererClient } from '../client/client'

/** What was being written in each chat that was looked at; the key of a chat to come is empty. */
export interface Drafts extends StoreApi<{ readonly texts: ReadonlyMap<string, string> }> {
  read(id: SessionId | null, stored: string | undefined): string
  write(id: SessionId | null, text: string): void
  /** Sends what is still waiting, for instance before the window goes. */
  flush(): void
  forget(): void
}

const delayMs = 400
const newChatKey = 'kheish.new-chat-draft'

/** The daemon keeps drafts of chats; the one of a chat that does not exist yet stays in the window's own storage. */
export function createDrafts(
  client: RendererClient,
  storage: Pick<Storage, 'getItem' | 'setItem'> = window.localStorage,
): Drafts {
  const store = createStore<{ readonly texts: ReadonlyMap<string, string> }>(() => ({
    texts: new Map([['', storage.getItem(newChatKey) ?? '']]),
  }))
  const waiting = new Map<SessionId, ReturnType<typeof setTimeout>>()

  const send = (id: SessionId): void => {
    clearTimeout(waiting.get(id))
    waiting.delete(id)
    void client.ask['sessions.saveDraft']({ session_id: id, draft: store.getState().texts.get(id) ?? '' })
  }

  return Object.assign(store, {
    read: (id: SessionId | null, stored: string | undefined) =>
      store.getState().texts.get(id ?? '') ?? stored ?? '',
    write(id: SessionId | null, text: string) {
      store.setState(({ texts }) => ({ texts: new Map(texts).set(id ?? '', text) }))
      if (id === null) return storage.setItem(newChatKey, text)
      clearTimeout(waiting.get(id))
      // An emptied box was sent: a draft that comes back after a restart would be a second message.
      if (text === '') send(id)
      else
        waiting.set(
          id,
          setTimeout(() => send(id), delayMs),
        )
    },
    flush: () => [...waiting.keys()].forEach(send),
    forget() {
      waiting.forEach((timer) => clearTimeout(timer))
      waiting.clear()
      store.setState({ texts: new Map([['', storage.getItem(newChatKey) ?? '']]) })
    },
  })
}
