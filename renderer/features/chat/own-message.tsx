import { attachmentsOf, observedIn } from '@contract/attached'
import type { Message } from '@contract/message'
import { memo, useMemo, useState } from 'react'
import { formatNumber } from '../../lib/format'
import { formatLocale, useWords } from '../../lib/words'
import { Button } from '../../ui/button'
import { Later } from '../../ui/later'
import { useChatState } from './chat-context'
import { MessageActions } from './message-actions'
import { MessageAttachments } from './message-attachments'
import { draftOf } from './message-draft'
import { MessageEditor } from './message-editor'
import { isSketch, textOf } from './message-path'
import { ObservedParts } from './observed-part'
import { VersionSwitch } from './version-switch'
import { chatWords } from './words'

/** Longer messages are folded to this many characters or lines. */
const foldedLength = 2400
const foldedLines = 24
/** The most that is ever laid out at once. */
const longest = 100_000

/** What the person wrote, exactly as written. */
export const OwnMessage = memo(function OwnMessage({ message }: { readonly message: Message }) {
  const say = useWords(chatWords)
  const editing = useChatState((state) => (state.editing?.id === message.message_id ? state.editing : null))
  const text = textOf(message)
  const assets = useMemo(() => attachmentsOf(message.parts), [message])
  const observed = useMemo(() => observedIn(message.parts), [message])
  if (editing) {
    return (
      <article aria-label={say('you')}>
        <MessageEditor message={message} from={editing.draft ?? draftOf(message)} />
      </article>
    )
  }
  return (
    <article aria-label={say('you')} className="group/row flex flex-col items-end gap-1">
      <ObservedParts parts={observed} />
      <MessageAttachments assets={assets} isOwn />
      {text === '' ? null : (
        <div
          data-body=""
          data-text=""
          className="max-w-[85%] rounded-xl rounded-br-xs bg-hover px-4 py-2.5 whitespace-pre-wrap wrap-anywhere"
        >
          <Words text={text} />
        </div>
      )}
      <footer className="-mb-4 flex h-7 items-center gap-1">
        <div className="shown-on-row">
          <Later>
            <MessageActions message={message} isBusy={isSketch(message)} />
          </Later>
        </div>
        <VersionSwitch message={message} />
      </footer>
    </article>
  )
})

function Words({ text }: { readonly text: string }) {
  const say = useWords(chatWords)
  const [isOpen, setOpen] = useState(false)
  const folded = fold(text)
  const shown = isOpen ? text.slice(0, longest) : folded
  const locale = formatLocale()
  return (
    <>
      {shown}
      {folded === text ? null : (
        <span className="mt-2 flex flex-wrap items-center gap-2 whitespace-normal">
          <Button
            size="small"
            variant="ghost"
            className="-ml-2.5"
            aria-expanded={isOpen}
            onClick={() => setOpen(!isOpen)}
          >
            {say(isOpen ? 'showLess' : 'showAll')}
          </Button>
          {isOpen && text.length > longest ? (
            <span className="text-xs text-faint">
              {say('cutShort', {
                shown: formatNumber(longest, locale),
                all: formatNumber(text.length, locale),
              })}
            </span>
          ) : null}
        </span>
      )}
    </>
  )
}

function fold(text: string): string {
  const head = text.slice(0, foldedLength)
  const lines = head.split('\n', foldedLines + 1)
  const short = lines.length > foldedLines ? lines.slice(0, foldedLines).join('\n') : head
  // A few words more are not worth a button.
  if (text.length - short.length < 400 && text.slice(short.length).split('\n', 5).length < 5) return text
  return `${short.replace(/[\uD800-\uDBFF]$/, '').trimEnd()}…`
}
