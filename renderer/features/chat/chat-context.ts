import type { AssetId, RunId, SessionId } from '@contract/ids'
import type { Message } from '@contract/message'
import { createContext, use, type ReactNode, type RefObject } from 'react'
import { useStore } from 'zustand'
import type { ChatState, ChatStore } from './chat-store'

/** Pictures of turns before a message that is being written anew. */
export interface EarlierPicturesProps {
  readonly message: Message
  /** What is being written. */
  readonly text: string
  /** What had been chosen for it before; undefined leaves it to the words. */
  readonly kept: readonly AssetId[] | undefined
  readonly handle: RefObject<EarlierPictures | null>
}

export interface EarlierPictures {
  /** Those that travel with these words; undefined leaves it to the words. */
  assets(text: string): readonly AssetId[] | undefined
}

/** What the rows of a conversation may reach; it does not change while a chat is shown. */
export interface ChatContextValue {
  readonly store: ChatStore
  /** A branch was made. */
  readonly onOpenSession: (id: SessionId) => void
  /** Words to put into the composer, ready as a Markdown quote. */
  readonly onQuote: (markdown: string) => void
  /** What is recorded of the talk with the provider is to be saved. */
  readonly onExportEvidence: (runId: RunId) => void
  /** A file in a message is to be looked at; `siblings` are all of that message, in order. */
  readonly onOpenAsset: (id: AssetId, siblings: readonly AssetId[]) => void
  /** A picture is to be changed; absent: nothing here changes pictures. */
  readonly onEditAsset?: (id: AssetId) => void
  readonly onSaveAsset: (id: AssetId) => void
  /** A picture to the clipboard. */
  readonly onCopyAsset: (id: AssetId) => void
  readonly renderEarlierPictures: (props: EarlierPicturesProps) => ReactNode
  /** A button that reads a message aloud. */
  readonly renderReadAloud: (message: Message) => ReactNode
  /** How far that is, and what was made of it. */
  readonly renderSpoken: (message: Message) => ReactNode
  /** A drag of it has begun and leaves the window. */
  readonly onDragAsset: (id: AssetId) => void
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
