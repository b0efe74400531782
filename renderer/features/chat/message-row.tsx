import type { MessageId, RunId } from '@contract/ids'
import { memo } from 'react'
import { Answer } from './answer'
import { useChatState } from './chat-context'
import type { ChatState } from './chat-store'
import { isSketch } from './message-path'
import { OwnMessage } from './own-message'

/** Key of the row that stands for an answer that has not begun. */
export const pendingKey = 'pending-answer'

/** One row, drawn anew only when its own message or run changes. */
export const MessageRow = memo(function MessageRow({
  id,
  index,
}: {
  readonly id: string
  readonly index: number
}) {
  const message = useChatState((state) => messageAt(state, id, index))
  const run = useChatState((state) => (message ? runBehind(state, message.run_id) : null))
  const isLast = useChatState((state) => index === state.order.length - 1)
  const isPointed = useChatState((state) => state.pointed?.id === id)
  if (!message) return null
  return (
    <div className={isPointed ? 'pointed' : undefined}>
      {message.role === 'user' ? (
        <OwnMessage message={message} />
      ) : (
        <Answer message={message} run={run} isLast={isLast} />
      )}
    </div>
  )
})

/** Under way: the chat's answer, or pictures made beside it. */
const runBehind = ({ active, beside }: ChatState, id: RunId | null) =>
  active?.run_id === id ? active : (beside.find(({ run_id }) => run_id === id) ?? null)

function messageAt(state: ChatState, id: string, index: number) {
  const message = state.messages[index]
  return message?.message_id === id
    ? message
    : state.messages.find((other) => other.message_id === (id as MessageId))
}

/** An answer that is awaited, or that never came. */
export const PendingRow = memo(function PendingRow() {
  const run = useChatState((state) => state.active ?? state.unanswered)
  return <Answer message={null} run={run} isLast />
})

/** Whether something has been asked that no message answers yet. */
export function isAwaiting({ messages, active, unanswered }: ChatState): boolean {
  const last = messages.at(-1)
  if (last?.role !== 'user') return false
  if (active) return active.assistant_message_id === null || last.run_id === active.run_id
  return unanswered !== null || isSketch(last)
}
