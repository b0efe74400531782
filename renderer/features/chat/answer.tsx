import type { MessageId } from '@contract/ids'
import type { AssetRef, Message, Part } from '@contract/message'
import type { RunView } from '@contract/runs'
import { memo, useMemo } from 'react'
import { useWords } from '../../lib/words'
import { Later } from '../../ui/later'
import { Markdown } from '../../ui/markdown/markdown'
import { useChat } from './chat-context'
import { MessageActions } from './message-actions'
import { MessageAttachments, type ShownAsset } from './message-attachments'
import { ReceiptLine } from './receipt-line'
import { Reasoning } from './reasoning'
import { isLive, runStateOf } from './run-state'
import { RunStatus } from './run-status'
import { CalledTool } from './called-tool'
import { shownIn } from './tools/hidden-assets'
import { wordsOf } from './tools/spoken-words'
import { VersionSwitch } from './version-switch'
import { chatWords } from './words'

export interface AnswerProps {
  /** Null while there is a run and no answer yet. */
  readonly message: Message | null
  /** The run behind it, while it is active or when nothing else tells of it. */
  readonly run: RunView | null
  readonly isLast: boolean
}

/** What a model said, plain on the canvas. */
export const Answer = memo(function Answer({ message, run, isLast }: AnswerProps) {
  const say = useWords(chatWords)
  const state = runStateOf(message, run)
  const isBusy = isLive(state)
  const shown = shownIn(message?.parts ?? [])
  const standing = useStanding(message)
  const { renderSpoken } = useChat()
  return (
    <article aria-label={say('assistant')} aria-busy={isBusy} className="group/row flex flex-col gap-3">
      {message && message.parts.length > 0 ? (
        <div data-body="" className="flex flex-col gap-3">
          {message.parts.map((part, place) => {
            const isGrowing = isBusy && place === message.parts.length - 1
            switch (part.kind) {
              case 'text':
                return (
                  <div key={place} data-text="">
                    <Markdown text={part.text} isGrowing={isGrowing} />
                  </div>
                )
              case 'reasoning':
                return <Reasoning key={place} text={part.text} isGrowing={isGrowing} />
              case 'tool_call':
                return <CalledTool key={part.call_id} call={part} message={standing} shown={shown} />
              case 'attachment':
                // Those that follow each other are one grid, drawn with the first of them.
                return message.parts[place - 1]?.kind === 'attachment' ? null : (
                  <MessageAttachments key={place} assets={assetsFrom(message.parts, place)} isOwn={false} />
                )
            }
          })}
        </div>
      ) : null}
      <RunStatus state={state} runId={message?.run_id ?? run?.run_id ?? null} />
      {message && !isBusy ? renderSpoken(message) : null}
      {message && !isBusy ? (
        <footer className="-ml-1.5 flex h-7 items-center gap-1">
          <VersionSwitch message={message} />
          <div className={isLast ? undefined : 'shown-on-row'}>
            <Later>
              <MessageActions message={message} isBusy={isBusy} />
            </Later>
          </div>
          <div className="ml-auto flex min-w-0 justify-end">
            <Later>{message.receipt ? <ReceiptLine receipt={message.receipt} /> : null}</Later>
          </div>
        </footer>
      ) : null}
    </article>
  )
})

/** What a tool's card needs of its answer: the same object while text grows. */
function useStanding(message: Message | null) {
  const { message_id, run_id, parent_id, status } = message ?? nowhere
  return useMemo(
    () => ({ message_id, run_id, parent_id, ...(status === undefined ? {} : { status }) }),
    [message_id, run_id, parent_id, status],
  )
}
const nowhere: Pick<Message, 'message_id' | 'run_id' | 'parent_id' | 'status'> = {
  message_id: '' as MessageId,
  run_id: null,
  parent_id: null,
}

function assetsFrom(parts: readonly Part[], place: number): readonly ShownAsset[] {
  const rest = parts.slice(place)
  const end = rest.findIndex(({ kind }) => kind !== 'attachment')
  return rest
    .slice(0, end === -1 ? rest.length : end)
    .flatMap((part) => (part.kind === 'attachment' ? [withWords(part.asset, parts)] : []))
}

function withWords(asset: AssetRef, parts: readonly Part[]): ShownAsset {
  const words = wordsOf(parts, asset.asset_id)
  return words === undefined ? asset : { ...asset, words }
}
