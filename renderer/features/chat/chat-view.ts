import type { Message } from '@contract/message'
import type { RunView } from '@contract/runs'
import type { SessionView } from '@contract/sessions'

/** What the window knows of one chat. */
export interface ChatView {
  readonly session: SessionView | null
  /** The loaded end of the path from root to head, oldest first. */
  readonly messages: readonly Message[]
  readonly hasMore: boolean
  readonly queued: readonly RunView[]
  readonly active: RunView | null
  /** Pictures in the making, beside it; those that wait, too. */
  readonly drawing: readonly RunView[]
  /** A run that ended without an answer to show it in. */
  readonly unanswered: RunView | null
}

export const emptyView: ChatView = {
  session: null,
  messages: [],
  hasMore: false,
  queued: [],
  active: null,
  drawing: [],
  unanswered: null,
}
