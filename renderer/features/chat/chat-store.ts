import type { AnyEvent } from '@contract/events'
import type { Answer, Fault } from '@contract/fault'
import type { AssetId, MessageId, RunId, SessionId } from '@contract/ids'
import type { AssetRef } from '@contract/message'
import type { Approval, ApprovalDecision } from '@contract/permissions'
import type { Accepted } from '@contract/runs'
import type { SessionView, Transcript } from '@contract/sessions'
import type { RequestSettings } from '@contract/request-settings'
import type { StoreApi } from 'zustand/vanilla'
import type { ChatView } from './chat-view'

/** The open chat and how the window shows it. */
export interface ChatState extends ChatView {
  readonly sessionId: SessionId | null
  /** Ids of `messages`; a new array only when the path changes, not when a message grows. */
  readonly order: readonly MessageId[]
  readonly isLoadingOlder: boolean
  /** Counts the chats opened: the same while a new chat gets its id. */
  readonly visit: number
  /** The person's message that is being edited in place. */
  readonly editing: {
    readonly id: MessageId
    /** What stands in the editor at first; absent: the message itself. */
    readonly draft?: MessageDraft
  } | null
  readonly isFinding: boolean
  /** What a search over all chats has led to: the message, and the words that were looked for. */
  readonly pointed: { readonly id: MessageId; readonly words: readonly string[] } | null
  readonly phase: 'empty' | 'loading' | 'ready' | 'failed'
  /** Why the chat could not be loaded. */
  readonly fault: Fault | null
}

/** For one message; what is absent is as the chat has it. */
export interface RouteChoice {
  readonly provider?: string | undefined
  readonly model?: string | undefined
}

/** What a message is made of before it is sent. */
export interface MessageDraft {
  readonly text: string
  /** In order, after the words. */
  readonly attachments: readonly AssetRef[]
  /** Pictures of earlier turns that were chosen to travel; absent: those that the words refer to. */
  readonly contextAssets?: readonly AssetId[] | undefined
}

/** What a person may do with the open chat. */
export interface ChatActions {
  /** Shows a chat; null is a new one that does not exist until its first message. */
  open(id: SessionId | null): Promise<void>
  /** Another daemon answers, or events were missed: asks for what is shown again, without hiding it. */
  refresh(): Promise<void>
  /** The message stands in the chat at once; on a fault it is gone again and the caller still has the text. */
  send(
    text: string,
    options?: RouteChoice & {
      readonly attachments?: readonly AssetRef[] | undefined
      /** Pictures of earlier turns that travel; absent: those that the words refer to. */
      readonly contextAssets?: readonly AssetId[] | undefined
      readonly replaces?: MessageId | undefined
      readonly settings?: RequestSettings | undefined
    },
  ): Promise<Answer<Accepted>>
  /** A picture made of the words, or of the pictures given along; it comes to be beside whatever the chat does. */
  draw(order: {
    readonly prompt: string
    readonly sources: readonly AssetRef[]
    readonly count: number
    readonly size: string
    readonly choice: { readonly provider: string; readonly model: string } | null
  }): Promise<Answer<Accepted>>
  /** A run that somebody else orders, for this chat; it is made where there is none yet. */
  hand(order: (session: SessionId) => Promise<Answer<Accepted>>): Promise<Answer<Accepted>>
  /** The answer, or else the newest pictures under way; with an id that run. */
  stop(runId?: RunId): Promise<Answer<unknown>>
  /** For the whole chat, other calls of the same tool that wait are decided along with it. */
  decide(approval: Approval, decision: ApprovalDecision): Promise<Answer<unknown>>
  /** `max_tokens` asks for a shorter answer than before. */
  retry(
    runId: RunId,
    change?: Partial<RouteChoice> & { readonly max_tokens?: number },
  ): Promise<Answer<Accepted>>
  selectVersion(id: MessageId): Promise<Answer<Transcript>>
  /** Puts the page before the first message in front; `limit` up to 500. Whether any came. */
  loadOlder(limit?: number): Promise<boolean>
  /** Takes a waiting message out of the queue and answers it; undefined when it had already started. */
  takeBack(runId: RunId): Promise<MessageDraft | undefined>
  branch(messageId: MessageId): Promise<Answer<SessionView>>
  /** Opens the editor in a message of the person; null closes it. */
  edit(id: MessageId | null, draft?: MessageDraft): void
  editLast(): void
  /** Shows or hides the bar that finds text in the chat. */
  find(isOpen: boolean): void
  /** Leads to a message of the open chat, loading until it is there. Whether it is. */
  point(id: MessageId, words: readonly string[]): Promise<boolean>
  /** Feeds an event, of whatever chat. */
  hear(event: AnyEvent): void
}

export type ChatStore = StoreApi<ChatState> & ChatActions

/** Puts a view into the state; the order keeps its identity while it says the same. */
export type Show = (view: ChatView, more?: Partial<ChatState>) => void
