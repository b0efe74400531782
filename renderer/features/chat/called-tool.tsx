import { useChatState } from './chat-context'
import { ApprovalCard } from './approval-card'
import { approvalOf } from './pending-approvals'
import { ToolCard, type ToolCardProps } from './tool-card'

/** A tool call where it stands in an answer: a question while it waits for a decision, a card otherwise. */
export function CalledTool(props: ToolCardProps) {
  const { call, message } = props
  const approval = useChatState(({ approvals }) => approvalOf(approvals, message.message_id, call.call_id))
  if (call.state === 'waiting' && approval && approval.status !== 'expired')
    return <ApprovalCard approval={approval} call={call} />
  return <ToolCard {...props} />
}
