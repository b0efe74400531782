import type { Answer } from '@contract/fault'
import type { RunId, SessionId } from '@contract/ids'
import type { RunView } from '@contract/runs'
import type { ReactNode } from 'react'

export interface ComposerProps {
  /** Null in a chat that does not exist yet. */
  readonly sessionId: SessionId | null
  readonly draft: string
  readonly onDraft: (draft: string) => void
  /** On a fault the text is put back into the box. */
  readonly onSend: (text: string) => Promise<Answer<unknown>>
  readonly onStop: () => void
  /** A run is active: `Stop` shows, and `Send` queues. */
  readonly busy: boolean
  readonly queued: readonly RunView[]
  /** Answers the text that was taken out of the queue. */
  readonly onTakeBack: (runId: RunId) => Promise<string | undefined>
  /** ArrowUp in an empty box. */
  readonly onEditLast?: () => void
  readonly sendWith: 'enter' | 'mod_enter'
  readonly modelPicker?: ReactNode
  /** Something to know before sending, for instance that a key is missing. */
  readonly notice?: ReactNode
  /** A change of this value focuses the box. */
  readonly autoFocusKey?: string | number
}

export function Composer(_props: ComposerProps) {
  return null
}
