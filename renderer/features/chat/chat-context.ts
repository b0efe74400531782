import type { RunId, SessionId } from '@contract/ids'
import { createContext, use } from 'react'
import { useStore } from 'zustand'
import type { ChatState, ChatStore } from './chat-store'

/** What the rows of a conversation may reach; it does not change while a chat is shown. */
export interface ChatContextValue {
  readonly store: ChatStore
  /** A branch was made. */
  readonly onOpenSession: (id: SessionId) => void
  /** Words to put into the composer, ready as a Markdown quote. */
  readonly onQuote: (markdown: string) => void
  /** What is recorded of the talk with the provider is to be saved. */
  readonly onExportEvidence: (runId: RunId) => void
  /** The person wants to answer with another model: `choose` gets what was picked. */
  readonly onOpenModels: (
    choose?: (route: { readonly provider: string; readonly model: string }) => void,
  ) => void
}

export const ChatContext = createContext<ChatContextValue | null>(null)

export function useChat(): ChatContextValue {
  const value = use(ChatContext)
  if (!value) throw new Error('A message was drawn outside a conversation')
  return value
}

export const useChatState = <T>(pick: (state: ChatState) => T): T => useStore(useChat().store, pick)
