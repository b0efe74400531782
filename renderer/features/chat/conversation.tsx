import type { SessionId } from '@contract/ids'
import type { ChatStore } from './chat-store'

export interface ConversationProps {
  readonly store: ChatStore
  /** A branch was made. */
  readonly onOpenSession: (id: SessionId) => void
  /** Words to put into the composer, ready as a Markdown quote. */
  readonly onQuote: (markdown: string) => void
  /** An https or mailto link that the person has agreed to open. */
  readonly onOpenLink: (url: string) => void
  readonly onOpenKeys: () => void
  /** The person wants to answer with another model: `choose` gets what was picked. */
  readonly onOpenModels: (
    choose?: (route: { readonly provider: string; readonly model: string }) => void,
  ) => void
  /** An example was chosen in the empty chat. */
  readonly onExample: (text: string) => void
  /** 0.8 to 1.5. */
  readonly textScale: number
}

export function Conversation(_props: ConversationProps) {
  return null
}
