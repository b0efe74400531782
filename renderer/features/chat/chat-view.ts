import type { Message } from '@contract/message'
import type { Approval } from '@contract/permissions'
import type { RunView } from '@contract/runs'
import type { SessionView } from '@contract/sessions'
import type { Progress } from './call-progress'

/** What the window knows of one chat. */
export interface ChatView {
  readonly session: SessionView | null
  /** The loaded end of the path from root to head, oldest first. */
  readonly messages: readonly Message[]
  readonly hasMore: boolean
  readonly queued: readonly RunView[]
  readonly active: RunView | null
  /** Pictures at the person's own wish, under way beside it. */
  readonly beside: readonly RunView[]
  /** A run that ended without an answer to show it in. */
  readonly unanswered: RunView | null
  /** Calls that wait for a decision, and those that were decided since the chat was opened. */
  readonly approvals: readonly Approval[]
  readonly progress: Progress
}

export const emptyView: ChatView = {
  session: null,
  messages: [],
  hasMore: false,
  queued: [],
  active: null,
  beside: [],
  unanswered: null,
  approvals: [],
  progress: {},
}
