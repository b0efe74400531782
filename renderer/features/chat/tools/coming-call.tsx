import type { AssetRef, Message } from '@contract/message'
import { Square } from 'lucide-react'
import { useState } from 'react'
import { useWords } from '../../../lib/words'
import { Button } from '../../../ui/button'
import { attempt } from '../attempt'
import type { CallProgress } from '../call-progress'
import { useChat, useChatState } from '../chat-context'
import { CallState } from './call-state'
import { ComingPictures } from './coming-pictures'
import type { CallGist, ToolCallPart } from './read-call'
import { titleOf } from './tool-title'
import { toolWords } from './tool-words'

/** Pictures at a person's own wish, while they are made. */
export function ComingCall({
  call,
  gist,
  message,
  progress,
}: {
  readonly call: ToolCallPart
  readonly gist: CallGist
  readonly message: Pick<Message, 'run_id' | 'parent_id'>
  readonly progress: CallProgress | undefined
}) {
  const say = useWords(toolWords)
  const { store } = useChat()
  const [isStopping, setStopping] = useState(false)
  const source = useChatState(({ messages }) => sourceAspect(messages, message.parent_id))
  const { run_id } = message
  return (
    <div className="flex flex-col gap-2">
      <ComingPictures
        count={gist.count}
        aspect={gist.aspect ?? (gist.sources.length > 0 ? source : undefined) ?? 1}
        progress={progress}
      />
      <div className="flex items-center gap-3">
        {/* The answer's own status tells who listens. */}
        <div aria-hidden="true" className="[&>span]:ml-0">
          <CallState call={call} failure={undefined} progress={progress} />
        </div>
        {run_id === null ? null : (
          <Button
            size="small"
            variant="ghost"
            aria-label={say('stopNamed', { what: titleOf(gist, call.name, say) })}
            busy={isStopping}
            icon={<Square size={10} fill="currentColor" aria-hidden="true" />}
            onClick={() => {
              setStopping(true)
              void attempt(store.stop(run_id)).finally(() => setStopping(false))
            }}
          >
            {say('stop')}
          </Button>
        )}
      </div>
    </div>
  )
}

/** An edit keeps the shape of what it changes, which stands in the message before it. */
function sourceAspect(messages: readonly Message[], parent: Message['parent_id']): number | undefined {
  const parts = messages.findLast(({ message_id }) => message_id === parent)?.parts ?? []
  const asset: AssetRef | undefined = parts.flatMap((part) =>
    part.kind === 'attachment' ? [part.asset] : [],
  )[0]
  return asset?.width && asset.height ? asset.width / asset.height : undefined
}
