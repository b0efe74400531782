import type { Approval, ApprovalDecision } from '@contract/permissions'
import { ChevronRight, ShieldQuestion } from 'lucide-react'
import { memo, useEffect, useId, useMemo, useRef, useState, type KeyboardEvent } from 'react'
import { isIdle, messageBox } from '../../lib/message-box'
import { useWords } from '../../lib/words'
import { Button } from '../../ui/button'
import { attempt } from './attempt'
import { useChat, useChatState } from './chat-context'
import { decidedWith } from './pending-approvals'
import { approvalWords } from './tools/approval-words'
import { CallSubject } from './tools/call-subject'
import { Text } from './tools/call-details'
import { readCall, type ToolCallPart } from './tools/read-call'
import { toolWords } from './tools/tool-words'

/** Marks the cards in the page, to find the next one that waits. */
const mark = 'data-approval'

/** A call that waits: what it would do, in plain words, and the three things a person may say to it. */
export const ApprovalCard = memo(function ApprovalCard({
  approval,
  call,
}: {
  readonly approval: Approval
  readonly call: ToolCallPart
}) {
  const say = useWords(approvalWords)
  const { store } = useChat()
  const [said, setSaid] = useState<ApprovalDecision | null>(null)
  const card = useRef<HTMLDivElement>(null)
  const [titleId, bodyId] = [useId(), useId()]
  const gist = useMemo(() => readCall(call), [call])
  const others = useChatState(({ approvals }) => decidedWith(approvals, approval, true).length - 1)
  const isPending = approval.status === 'pending'
  useOffered(card, approval)

  async function decide(decision: ApprovalDecision): Promise<void> {
    setSaid(decision)
    const answer = await attempt(store.decide(approval, decision))
    setSaid(null)
    if (answer !== undefined) passFocus(card.current)
  }

  return (
    <div
      ref={card}
      role="alertdialog"
      aria-modal="false"
      aria-labelledby={titleId}
      aria-describedby={bodyId}
      tabIndex={-1}
      {...(isPending ? { [mark]: '' } : {})}
      onKeyDown={backToTheBox}
      className="flex gap-2.5 rounded-lg border border-warn/40 bg-warn-soft p-3.5"
    >
      <ShieldQuestion size={17} aria-hidden="true" className="mt-0.5 shrink-0 text-warn" />
      <div className="flex min-w-0 grow flex-col gap-2.5">
        <div>
          <h3 id={titleId} className="text-sm font-medium">
            {say('name', { tool: approval.tool_name })}
          </h3>
          <div id={bodyId} className="mt-1 text-sm">
            <CallSubject approval={approval} gist={gist} />
          </div>
        </div>
        <Everything text={call.arguments} />
        {isPending ? (
          <div className="flex flex-wrap items-center gap-2">
            <Button
              variant="primary"
              size="small"
              busy={said === 'allow_once'}
              onClick={() => void decide('allow_once')}
            >
              {say('once')}
            </Button>
            <Button
              size="small"
              busy={said === 'allow_session'}
              title={say('sessionHint')}
              onClick={() => void decide('allow_session')}
            >
              {say('session')}
            </Button>
            <Button size="small" busy={said === 'deny'} onClick={() => void decide('deny')}>
              {say('deny')}
            </Button>
            {others > 0 ? (
              <span className="text-xs text-muted">{say('others', { count: others })}</span>
            ) : null}
          </div>
        ) : (
          <p role="status" className="text-sm text-muted">
            {say(approval.status)}
          </p>
        )}
      </div>
    </div>
  )
})

/** What a short sentence leaves out is there to be looked at before anything is allowed. */
function Everything({ text }: { readonly text: string }) {
  const say = useWords(approvalWords)
  const sayTool = useWords(toolWords)
  const [isOpen, setOpen] = useState(false)
  return (
    <div className="flex flex-col gap-2">
      <button
        type="button"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
        className="-ml-1 flex items-center gap-1 self-start rounded-sm py-0.5 pr-2 pl-1 text-xs text-muted hover:text-ink"
      >
        <ChevronRight size={13} aria-hidden="true" className={isOpen ? 'rotate-90' : undefined} />
        {say('allInput')}
      </button>
      {isOpen ? <Text name={sayTool('input')} text={text} isGrowing={false} /> : null}
    </div>
  )
}

/**
 * The card takes the focus when it comes, so that its words are read out and its buttons are a Tab away, but only from
 * somebody who is not at anything. The focus is on the card and on no button: a key that was meant for something else
 * decides nothing.
 */
function useOffered(card: React.RefObject<HTMLDivElement | null>, { approval_id, status }: Approval): void {
  useEffect(() => {
    if (status !== 'pending' || offered.has(approval_id)) return
    offered.add(approval_id)
    if (isIdle()) card.current?.focus({ preventScroll: true })
  }, [card, approval_id, status])
}

/** Those that had their chance; a card that is scrolled out and in again is no news. */
const offered = new Set<string>()

/** Letters are meant for the message box, whoever has the focus by the card's own doing. */
function backToTheBox(event: KeyboardEvent<HTMLDivElement>): void {
  const isLetter = event.key.length === 1 && event.key !== ' '
  if (event.target !== event.currentTarget || !isLetter || event.ctrlKey || event.metaKey || event.altKey)
    return
  messageBox()?.focus()
}

/** The buttons are gone: on to the next card that waits, or to the message box. */
function passFocus(card: HTMLElement | null): void {
  if (card && document.activeElement !== document.body && !card.contains(document.activeElement)) return
  const next = [...document.querySelectorAll<HTMLElement>(`[${mark}]`)].find((each) => each !== card)
  ;(next ?? messageBox())?.focus()
}
