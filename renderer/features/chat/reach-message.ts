import type { MessageId } from '@contract/ids'
import type { StoreApi } from 'zustand/vanilla'
import type { ChatActions, ChatState } from './chat-store'

type Store = StoreApi<ChatState> & Pick<ChatActions, 'loadOlder' | 'selectVersion'>

/** As many as one page may have: nobody reads them on the way. */
const stride = 500

/**
 * Loads the open chat back to a message. One that belongs to another version is switched to. Answers whether the
 * message is shown now; not when the chat was left meanwhile, or the daemon refused.
 */
export async function reachMessage(store: Store, id: MessageId): Promise<boolean> {
  const { sessionId } = store.getState()
  if (await loadBackTo(store, id)) return true
  const { hasMore, sessionId: now } = store.getState()
  if (hasMore || now !== sessionId) return false
  const switched = await store.selectVersion(id)
  return switched.ok && store.getState().sessionId === sessionId && loadBackTo(store, id)
}

async function loadBackTo(store: Store, id: MessageId): Promise<boolean> {
  const { sessionId } = store.getState()
  for (;;) {
    const { messages, hasMore, isLoadingOlder, sessionId: now } = store.getState()
    if (now !== sessionId) return false
    if (messages.some((message) => message.message_id === id)) return true
    if (isLoadingOlder) await untilLoaded(store)
    else if (!hasMore || !(await store.loadOlder(stride))) return false
  }
}

/** The reader's own scrolling may have asked for a page already. */
function untilLoaded(store: Store): Promise<void> {
  return new Promise((resolve) => {
    const stop = store.subscribe((state) => {
      if (state.isLoadingOlder) return
      stop()
      resolve()
    })
  })
}
