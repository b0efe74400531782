import type { Answer } from '@contract/fault'
import type { RunId, SessionId } from '@contract/ids'
import type { RunView } from '@contract/runs'
import {
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type ClipboardEvent,
  type KeyboardEvent,
  type ReactNode,
} from 'react'
import { wayOut } from '../../lib/fault-offers'
import { faultWords } from '../../lib/fault-words'
import { formatNumber } from '../../lib/format'
import { formatLocale, useWords } from '../../lib/words'
import { toast } from '../../ui/toast'
import { messageBoxMark } from '../../lib/message-box'
import { ComposerBar, type ComposerDoors } from './composer-bar'
import { holdPaste, joinDrafts, messageLimit, splitDraft } from './long-draft'
import { LongText } from './long-text'
import { QueueList } from './queue-list'
import { composerWords } from './words'

export interface ComposerProps {
  /** Null in a chat that does not exist yet. */
  readonly sessionId: SessionId | null
  readonly draft: string
  readonly onDraft: (draft: string) => void
  /** On a fault the text is put back into the box; what is attached is the caller's. */
  readonly onSend: (text: string) => Promise<Answer<unknown>>
  /** What is attached, shown above the words. */
  readonly tray: ReactNode
  /** What is to be known before sending, above the box. */
  readonly notices: ReactNode
  /** Something would be sent without any words. */
  readonly hasAttachments: boolean
  /** Why nothing can be sent yet. */
  readonly waitsFor: string | null
  readonly attachKeys: string
  /** The words become a picture: who draws it, below them. */
  readonly picture: ReactNode | null
  /** The button that starts a dictation, and the dictation under way. */
  readonly dictate: ReactNode
  readonly dictation: ReactNode
  readonly pictureKeys: string
  readonly onPicture: () => void
  /** In place of the usual one. */
  readonly placeholder: string | null
  readonly onFiles: (files: readonly File[]) => void
  readonly onStop: () => void
  /** A run is active: `Stop` shows, and `Send` queues. */
  readonly busy: boolean
  readonly queued: readonly RunView[]
  /** Answers the text that was taken out of the queue. */
  readonly onTakeBack: (runId: RunId) => Promise<string | undefined>
  /** ArrowUp in an empty box. */
  readonly onEditLast?: () => void
  readonly sendWith: 'enter' | 'mod_enter'
  /** The next message will be answered in a way of its own. */
  readonly isTuned: boolean
  readonly onTune: () => void
  readonly onUntune: () => void
  /** A change of this value focuses the box. */
  readonly autoFocusKey?: string | number
}

/** Where a person writes. What is in the box is never lost: it leaves only when the daemon has it. */
export function Composer(props: ComposerProps) {
  const { draft, onDraft, busy, sendWith } = props
  const say = useWords(composerWords)
  const box = useRef<HTMLTextAreaElement>(null)
  const newest = useRef(props)
  newest.current = props
  const [heldFrom, setHeldFrom] = useState<number | null>(null)
  const { typed, held } = splitDraft(draft, heldFrom)
  const isTooLong = draft.length > messageLimit
  const hasContent = (draft.trim() !== '' || props.hasAttachments) && !isTooLong
  const canSend = hasContent && props.waitsFor === null
  /** The person has tried to send what has to wait. */
  const [isAsked, setAsked] = useState(false)
  /** These words are on their way already; the next words in the box are others. */
  const isLeaving = useRef(false)
  useLayoutEffect(() => {
    isLeaving.current = false
    setAsked(false)
  }, [draft, props.hasAttachments, props.waitsFor])

  useEffect(() => {
    const element = box.current
    if (!element) return
    element.focus()
    element.setSelectionRange(element.value.length, element.value.length)
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- a change of the key is the wish itself
  }, [props.autoFocusKey])

  function write(nextTyped: string): void {
    if (held !== '') setHeldFrom(nextTyped.length)
    onDraft(nextTyped + held)
  }

  async function send(): Promise<void> {
    if (!canSend) return setAsked(hasContent)
    if (isLeaving.current) return
    isLeaving.current = true
    const text = draft.trim()
    const { sessionId } = props
    onDraft('')
    setHeldFrom(null)
    box.current?.focus()
    const answer = await props.onSend(text)
    if (answer.ok) return
    isLeaving.current = false
    const now = newest.current
    const isHere = now.sessionId === sessionId || sessionId === null
    // The words go back to the chat they were written in, before whatever was typed meanwhile.
    if (isHere) now.onDraft(joinDrafts(text, now.draft))
    else props.onDraft(text)
    const told = faultWords(answer.fault)
    toast({
      title: told.title,
      body: say(text === '' ? 'filesNotSent' : 'notSent'),
      tone: 'danger',
      ...wayOut(told),
    })
  }

  async function takeBack(runId: RunId): Promise<void> {
    const text = await props.onTakeBack(runId)
    if (text === undefined) return void toast({ title: say('notTakenBack') })
    newest.current.onDraft(joinDrafts(newest.current.draft, text))
    box.current?.focus()
  }

  const newestSend = useRef(send)
  newestSend.current = send
  const doors = useMemo<ComposerDoors>(
    () => ({
      files: (files) => newest.current.onFiles(files),
      picture: () => newest.current.onPicture(),
      tune: () => newest.current.onTune(),
      untune: () => newest.current.onUntune(),
      stop: () => newest.current.onStop(),
      send: () => void newestSend.current(),
    }),
    [],
  )

  function onKeyDown(event: KeyboardEvent<HTMLTextAreaElement>): void {
    // While a word is being composed every key belongs to the input method.
    if (event.nativeEvent.isComposing || event.keyCode === 229) return
    const hasMod = event.ctrlKey || event.metaKey
    const sends = sendWith === 'enter' ? !event.shiftKey && !event.altKey : hasMod
    if (event.key === 'Enter' && sends) {
      event.preventDefault()
      void send()
    } else if (event.key === 'Escape' && busy) {
      event.preventDefault()
      props.onStop()
    } else if (event.key === 'Escape' && props.picture !== null && draft === '') {
      event.preventDefault()
      props.onPicture()
    } else if (event.key === 'ArrowUp' && draft === '' && !hasMod && !event.shiftKey && !event.altKey) {
      event.preventDefault()
      props.onEditLast?.()
    }
  }

  function onPaste(event: ClipboardEvent<HTMLTextAreaElement>): void {
    const { selectionStart, selectionEnd } = event.currentTarget
    const rest = typed.slice(0, selectionStart) + typed.slice(selectionEnd)
    const long = holdPaste(rest, held, event.clipboardData.getData('text/plain'))
    if (!long) return
    event.preventDefault()
    setHeldFrom(long.heldFrom)
    onDraft(long.draft)
  }

  const problem = isTooLong
    ? say('tooLong', { limit: formatNumber(messageLimit, formatLocale()) })
    : isAsked
      ? props.waitsFor
      : null
  return (
    <div className="mx-auto w-full max-w-[calc(var(--chat-column,672px)+3rem)] px-6 pb-5">
      <QueueList queued={props.queued} onTakeBack={(runId) => void takeBack(runId)} />
      {props.notices}
      <div className="rounded-xl border border-line-strong/70 bg-raised shadow-sm">
        {props.tray}
        {held === '' ? null : <LongText text={held} onRemove={() => onDraft(typed)} />}
        <textarea
          ref={box}
          aria-label={say('message')}
          aria-describedby={problem === null ? undefined : 'composer-problem'}
          {...{ [messageBoxMark]: '' }}
          placeholder={props.placeholder ?? say(busy ? 'placeholderBusy' : 'placeholder')}
          value={typed}
          rows={1}
          onChange={(event) => write(event.target.value)}
          onKeyDown={onKeyDown}
          onPaste={onPaste}
          className="field-sizing-content block max-h-[40vh] min-h-12 w-full resize-none bg-transparent px-4 pt-3.5 pb-1 text-[length:var(--chat-text,15px)] leading-[1.47] outline-none"
        />
        <p id="composer-problem" role="alert" className="px-4 text-xs text-danger empty:hidden">
          {problem}
        </p>
        {props.picture}
        {props.dictation}
        <ComposerBar
          doors={doors}
          attachKeys={props.attachKeys}
          pictureKeys={props.pictureKeys}
          isPicture={props.picture !== null}
          dictate={props.dictate}
          isTuned={props.isTuned}
          busy={busy}
          hasContent={hasContent}
          waitsFor={props.waitsFor}
          sendWith={sendWith}
        />
      </div>
    </div>
  )
}
