import { createContext, useContext } from 'react'
import { useStore } from 'zustand'
import type { ChatState, ChatStore } from './chat-store'
import type { ConversationProps } from './conversation'

/** What the rows of a conversation may reach; it does not change while a chat is shown. */
export interface ChatContextValue extends Pick<
  ConversationProps,
  'onOpenSession' | 'onQuote' | 'onOpenKeys' | 'onOpenModels'
> {
  readonly store: ChatStore
}

export const ChatContext = createContext<ChatContextValue | null>(null)

export function useChat(): ChatContextValue {
  const value = useContext(ChatContext)
  if (!value) throw new Error('A message was drawn outside a conversation')
  return value
}

export const useChatState = <T>(pick: (state: ChatState) => T): T => useStore(useChat().store, pick)
