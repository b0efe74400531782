import type { Message } from '@contract/message'
import { useEffect, useRef, useState, type KeyboardEvent } from 'react'
import { useWords } from '../../lib/words'
import { Button } from '../../ui/button'
import { attempt } from './attempt'
import { useChat } from './chat-context'
import { chatWords } from './words'

/** Changes a message in place and asks again; the version before stays. */
export function MessageEditor({ message, text }: { readonly message: Message; readonly text: string }) {
  const say = useWords(chatWords)
  const { store } = useChat()
  const [draft, setDraft] = useState(text)
  const box = useRef<HTMLTextAreaElement>(null)
  useEffect(() => {
    box.current?.focus()
    box.current?.setSelectionRange(text.length, text.length)
  }, [text])

  const close = (): void => store.edit(null)
  const save = async (): Promise<void> => {
    if (draft.trim() === '') return
    close()
    const sent = await attempt(store.send(draft, { replaces: message.message_id }))
    // The words come back for another try, in the message they belong to.
    if (!sent && store.getState().sessionId === message.session_id) store.edit(message.message_id, draft)
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Escape') {
      event.stopPropagation()
      close()
    }
    if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) {
      event.preventDefault()
      void save()
    }
  }

  return (
    <div className="rounded-xl border border-line-strong bg-raised p-3 shadow-sm focus-within:border-focus">
      <textarea
        ref={box}
        aria-label={say('editMessage')}
        value={draft}
        onChange={(event) => setDraft(event.target.value)}
        onKeyDown={onKeyDown}
        className="field-sizing-content max-h-[50vh] min-h-16 w-full resize-none bg-transparent px-1 outline-none"
      />
      <div className="mt-2 flex flex-wrap items-center justify-end gap-2">
        <span className="mr-auto pl-1 text-xs text-faint">{say('editKeeps')}</span>
        <Button size="small" variant="ghost" onClick={close}>
          {say('cancel')}
        </Button>
        <Button size="small" variant="primary" disabled={draft.trim() === ''} onClick={() => void save()}>
          {say('saveEdit')}
        </Button>
      </div>
    </div>
  )
}
