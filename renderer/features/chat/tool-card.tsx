import type { Message } from '@contract/message'
import { ChevronRight } from 'lucide-react'
import { memo, useId, useMemo, useState } from 'react'
import { useWords } from '../../lib/words'
import { callKey, type CallProgress } from './call-progress'
import { useChat, useChatState } from './chat-context'
import { waitsFor } from './pending-approvals'
import { CallDetails } from './tools/call-details'
import { CallState } from './tools/call-state'
import { ComingCall } from './tools/coming-call'
import { failureOf } from './tools/failure-of'
import { hiddenAssets } from './tools/hidden-assets'
import { readCall, type ToolCallPart } from './tools/read-call'
import { ToolIcon } from './tools/tool-icon'
import { ToolTitle } from './tools/tool-title'
import { toolWords } from './tools/tool-words'

export interface ToolCardProps {
  readonly call: ToolCallPart
  /** The answer it stands in. */
  readonly message: Pick<Message, 'message_id' | 'run_id' | 'parent_id' | 'status'>
  /** Ids of what the answer shows, as `shownIn` has them. */
  readonly shown: string
}

/** A tool call as a compact card that opens to what went in and what came out. */
export const ToolCard = memo(function ToolCard({ call, message, shown }: ToolCardProps) {
  const say = useWords(toolWords)
  const { onOpenAsset } = useChat()
  const progress = useChatState((state) => state.progress[callKey(message.message_id, call.call_id)])
  const isHeld = useChatState(
    ({ approvals }) => call.state === 'building' && waitsFor(approvals, message.message_id),
  )
  const [isOpen, setOpen] = useState(false)
  const body = useId()
  const gist = useMemo(() => readCall(call), [call])
  const failure = failureOf(call, message.status)
  // A person's own order is all there is of its answer, whose end says the same in the person's language.
  const isToldBelow = call.direct === true && message.status !== 'completed'
  const kept = useMemo(() => hiddenAssets([call], shown), [call, shown])
  if (call.direct && !failure && call.state !== 'done')
    return <ComingCall call={call} gist={gist} message={message} progress={progress} />
  return (
    <div className="overflow-hidden rounded-md border border-line">
      <button
        type="button"
        aria-expanded={isOpen}
        aria-controls={isOpen ? body : undefined}
        onClick={() => setOpen(!isOpen)}
        className="flex min-h-9 w-full items-center gap-2 px-3 py-1.5 hover:bg-hover"
      >
        <ToolIcon tool={gist.tool} />
        <ToolTitle gist={gist} name={call.name} />
        <CallState call={call} failure={failure} progress={progress} isHeld={isHeld} />
        <ChevronRight
          size={14}
          aria-hidden="true"
          className={isOpen ? 'shrink-0 rotate-90 text-faint' : 'shrink-0 text-faint'}
        />
      </button>
      {failure && !isToldBelow ? (
        <p className="selectable line-clamp-4 border-t border-line px-3 py-2 text-xs wrap-anywhere text-muted">
          {(failure.kind === 'error' ? failure.said : '') || say(`failures.${failure.kind}`)}
        </p>
      ) : null}
      {failure || call.state !== 'running' ? null : <Partial progress={progress} />}
      {isOpen ? <CallDetails id={body} call={call} kept={kept} onOpenAsset={onOpenAsset} /> : null}
    </div>
  )
})

/** Small, while it comes to be. */
function Partial({ progress }: { readonly progress: CallProgress | undefined }) {
  const say = useWords(toolWords)
  if (!progress?.partial_uri) return null
  return (
    <div className="border-t border-line p-2">
      <img
        src={progress.partial_uri}
        alt={say('partial')}
        draggable={false}
        className="h-28 max-w-full rounded-sm object-contain"
      />
    </div>
  )
}
