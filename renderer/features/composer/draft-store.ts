import type { SessionId } from '@contract/ids'
import type { SessionView } from '@contract/sessions'
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { RendererClient } from '../../client/client'

export interface DraftState {
  /** By session id; the chat that does not exist yet is `new`. */
  readonly drafts: Readonly<Record<string, string>>
}

export interface DraftStore extends StoreApi<DraftState> {
  /** Keeps what is typed and saves it shortly after the last key. */
  write(sessionId: SessionId | null, draft: string): void
  /** Takes a chat's stored draft, unless something newer was typed here. */
  seed(session: SessionView): void
  /** Saves everything that waits, for instance before the window closes. */
  flush(): Promise<void>
}

const quietMs = 400
const retryMs = 3000

export const draftKey = (sessionId: SessionId | null): string => sessionId ?? 'new'

/** What is typed and not sent, for each chat. A draft that could not be saved is kept and saved later. */
export function createDraftStore(client: RendererClient): DraftStore {
  const store = createStore<DraftState>(() => ({ drafts: {} }))
  const unsaved = new Map<SessionId, ReturnType<typeof setTimeout>>()

  const put = (key: string, draft: string): void =>
    store.setState(({ drafts }) =>
      drafts[key] === draft ? { drafts } : { drafts: { ...drafts, [key]: draft } },
    )

  function saveAfter(sessionId: SessionId, ms: number): void {
    clearTimeout(unsaved.get(sessionId))
    unsaved.set(
      sessionId,
      setTimeout(() => void save(sessionId), ms),
    )
  }

  async function save(sessionId: SessionId): Promise<void> {
    const mine = unsaved.get(sessionId)
    clearTimeout(mine)
    const draft = store.getState().drafts[sessionId] ?? ''
    const answer = await client.ask['sessions.saveDraft']({ session_id: sessionId, draft })
    // Typed on meanwhile: that save is already due.
    if (unsaved.get(sessionId) !== mine) return
    if (answer.ok || answer.fault.code === 'session_not_found') unsaved.delete(sessionId)
    else saveAfter(sessionId, retryMs)
  }

  return Object.assign(store, {
    write(sessionId: SessionId | null, draft: string) {
      put(draftKey(sessionId), draft)
      if (sessionId) saveAfter(sessionId, quietMs)
    },
    seed(session: SessionView) {
      const known = store.getState().drafts[session.session_id]
      if (known === undefined) put(session.session_id, session.draft)
    },
    async flush() {
      await Promise.all([...unsaved.keys()].map(save))
    },
  })
}
